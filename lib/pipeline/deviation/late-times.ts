import { lateFrom } from '@/lib/pipeline/baseline/prevalence'
import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'

/** That a host used a signature on the day, and since when. */
type FirstUse = { signatureId: string; firstAtUs: number }

/** When each pattern was first used, by the key of its subject, in microseconds; what reports no pattern is left out. */
export function firstUses(
  facts: Iterable<FirstUse>,
  signatures: ReadonlyMap<string, Signature>,
): Map<string, number> {
  const firsts = new Map<string, number>()
  for (const { signatureId, firstAtUs } of facts) {
    const signature = signatures.get(signatureId)
    if (signature === undefined || signature.pattern === null) continue
    const { key } = subjectOf(signature)
    firsts.set(key, Math.min(firsts.get(key) ?? firstAtUs, firstAtUs))
  }
  return firsts
}

/** From when on a host comes late with each pattern, by the key of its subject, of what some hosts did in a day. */
export function lateTimes(
  hosts: readonly (readonly FirstUse[])[],
  signatures: ReadonlyMap<string, Signature>,
): Map<string, number> {
  const firsts = new Map<string, number[]>()
  for (const facts of hosts)
    for (const [key, us] of firstUses(facts, signatures)) {
      const times = firsts.get(key) ?? []
      times.push(us)
      firsts.set(key, times)
    }
  return new Map(Array.from(firsts, ([key, times]) => [key, lateFrom(times)]))
}

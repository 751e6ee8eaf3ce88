import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { subjectOf } from '@/lib/pipeline/baseline/signature'
import type { PatternUse } from '@/lib/store/recompute/pattern-use'
import { loadLateFrom } from '@/lib/store/recompute/same-day'
import { patternId } from '@/lib/store/signatures'
import type { Db } from '@/lib/store/sql'
import type { ReadDay } from './read-day'

/** From when on a host comes late with patterns on a day, in microseconds, infinity = nobody has begun: by the keys of their subjects, as scores read it, and by their ids. */
export type LateTimes = { bySubject: ReadonlyMap<string, number>; byPattern: ReadonlyMap<string, number> }

/** From so many hosts on earlier days, another host is among them. */
const SURELY_OTHERS = 2

/** Of the patterns of some hosts' day, those that no two hosts showed on earlier days: for others the day itself says nothing more. */
export async function readLateTimes(
  db: Db,
  day: string,
  { facts, signatures }: ReadDay,
  hosts: readonly { hostId: number; observed: boolean }[],
  spread: PrevalenceView['spread'],
): Promise<LateTimes> {
  const subjects = new Map<string, string>()
  for (const { signature } of signatures.values()) {
    const { slug, pattern } = signature
    const id = patternId(signature)
    if (id === null || pattern === null || (spread(slug, pattern)?.hosts ?? 0) >= SURELY_OTHERS) continue
    subjects.set(id, subjectOf(signature).key)
  }
  const own = hosts.flatMap(({ hostId, observed }) =>
    (facts.get(hostId) ?? []).map(({ signatureId, firstAtUs }): PatternUse => {
      const placed = signatures.get(signatureId)
      return { hostId, patternId: placed ? patternId(placed.signature) : null, observed, firstAtUs }
    }),
  )
  const computed = { hostIds: hosts.map(({ hostId }) => hostId), day }
  const byPattern = await loadLateFrom(db, computed, [...subjects.keys()], own)
  return { byPattern, bySubject: new Map(Array.from(byPattern, ([id, us]) => [subjects.get(id) ?? id, us])) }
}

import type { Signature } from '@/lib/pipeline/baseline/signature'
import {
  DESCENT_BITS,
  DESCENT_SHARE,
  DESCENT_WITHIN_US,
  DEVIATION_FLOOR_MILLIBITS,
  MILLIBITS,
} from './weights'

/** Reason code of what a process inherits from the deviation that started it. */
export const DESCENT = 'descent'

/** When a host used a signature on the day. */
type DayUse = { signatureId: string; firstAtUs: number; lastAtUs: number }

/** A use of the day with what it scored by itself. */
type Ancestor = { signature: Signature; scoreMillibits: number; firstAtUs: number; lastAtUs: number }

/** The program as children name their parent: "rundll32.exe @ system". */
function programOf({ slug, features }: Signature): string {
  const [folder = ''] = (features.identity ?? '').split(',')
  return `${slug} @ ${folder}`
}

/** Parent and grandparent without the service they run: "msbuild.exe @ windows"; empty where they are not reported. */
function ancestorsOf({ features }: Signature): readonly [parent: string, grandparent: string] {
  const [grandparent = '', parent = features.parent ?? ''] = (features.lineage ?? '').split(' > ')
  return [parent, features.lineage === null ? '' : grandparent]
}

function isAncestor({ signature, firstAtUs, lastAtUs }: Ancestor, of: Signature, atUs: number): boolean {
  if (atUs < firstAtUs || atUs > lastAtUs + DESCENT_WITHIN_US || signature.renamed) return false
  const [parent, grandparent] = ancestorsOf(of)
  const started = signature.traits.child
  const program = programOf(signature)
  if (program === parent) return started === null || started.includes(programOf(of))
  return program === grandparent && (started === null || started.includes(parent))
}

/**
 * What each use inherits that a deviation of the same host and day started, itself or through one process between, in millibits by signature: what runs
 * below it is its doing, however usual it looks. A use inherits from what others score by themselves: no order matters, and nothing is inherited twice.
 * @param scoreOf what a signature scores by itself, after rulings
 */
export function inherited(
  facts: readonly DayUse[],
  signatureOf: (id: string) => Signature | undefined,
  scoreOf: (id: string) => number,
): ReadonlyMap<string, number> {
  const ancestors: Ancestor[] = []
  for (const { signatureId, firstAtUs, lastAtUs } of facts) {
    const signature = signatureOf(signatureId)
    const scoreMillibits = scoreOf(signatureId)
    if (signature !== undefined && scoreMillibits >= DEVIATION_FLOOR_MILLIBITS)
      ancestors.push({ signature, scoreMillibits, firstAtUs, lastAtUs })
  }
  const found = new Map<string, number>()
  if (ancestors.length === 0) return found
  for (const { signatureId, firstAtUs } of facts) {
    const signature = signatureOf(signatureId)
    if (signature === undefined) continue
    for (const ancestor of ancestors) {
      if (ancestor.signature === signature || !isAncestor(ancestor, signature, firstAtUs)) continue
      const millibits = Math.min(
        DESCENT_BITS * MILLIBITS,
        Math.round(ancestor.scoreMillibits * DESCENT_SHARE),
      )
      found.set(signatureId, Math.max(millibits, found.get(signatureId) ?? 0))
    }
  }
  return found
}

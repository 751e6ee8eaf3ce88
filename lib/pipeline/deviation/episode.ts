import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'
import { isServiceClass } from '@/lib/pipeline/baseline/user-class'
import {
  DEVIATION_FLOOR_MILLIBITS,
  EPISODE_BITS,
  EPISODE_FROM_MILLIBITS,
  EPISODE_SHARE,
  EPISODE_WITHIN_US,
  MILLIBITS,
} from './weights'

/** Reason code of what a deviation gains because another began about the same time. */
export const EPISODE = 'episode'

/** A signature of the day: what it scored, and when the host first used it. */
export type DayScore = { signature: Signature; scoreMillibits: number; firstAtUs: number }

/** Whether a person's account did it: what is deployed comes in bursts too, with the machine's rights. */
function isByPerson({ features }: Signature): boolean {
  return features.user !== null && !isServiceClass(features.user)
}

/**
 * What each deviation of a host's day gains, in millibits by signature, because something else that a person's account did about that time stands out: an intrusion is
 * several unusual things in one hour. It ranks deviations and makes none, so that nothing is trusted or refused by it.
 */
export function gained(scores: readonly DayScore[]): ReadonlyMap<string, number> {
  const deviations = scores
    .filter(({ scoreMillibits }) => scoreMillibits >= DEVIATION_FLOOR_MILLIBITS)
    .map((one) => ({ ...one, subject: subjectOf(one.signature).key }))
  const telling = deviations
    .filter(
      ({ signature, scoreMillibits }) => scoreMillibits >= EPISODE_FROM_MILLIBITS && isByPerson(signature),
    )
    .sort((a, b) => b.scoreMillibits - a.scoreMillibits)
  const found = new Map<string, number>()
  for (const { signature, subject, firstAtUs } of deviations) {
    const highest = telling.find(
      (other) => other.subject !== subject && Math.abs(other.firstAtUs - firstAtUs) <= EPISODE_WITHIN_US,
    )
    if (highest === undefined) continue
    const gain = Math.round(highest.scoreMillibits * EPISODE_SHARE)
    found.set(signature.id, Math.min(EPISODE_BITS * MILLIBITS, gain))
  }
  return found
}

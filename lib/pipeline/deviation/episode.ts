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

function isBeside(one: DayScore, other: DayScore): boolean {
  return (
    Math.abs(one.firstAtUs - other.firstAtUs) <= EPISODE_WITHIN_US &&
    subjectOf(one.signature).key !== subjectOf(other.signature).key
  )
}

/**
 * What each deviation of a host's day gains, in millibits by signature, because something else that a person's account did about that time stands out: an intrusion is
 * several unusual things in one hour. It ranks deviations and makes none, so that nothing is trusted or refused by it.
 */
export function gained(scores: readonly DayScore[]): ReadonlyMap<string, number> {
  const deviations = scores.filter(({ scoreMillibits }) => scoreMillibits >= DEVIATION_FLOOR_MILLIBITS)
  const telling = deviations.filter(
    ({ signature, scoreMillibits }) => scoreMillibits >= EPISODE_FROM_MILLIBITS && isByPerson(signature),
  )
  const found = new Map<string, number>()
  for (const one of deviations) {
    const highest = telling.reduce(
      (most, other) => (isBeside(one, other) ? Math.max(most, other.scoreMillibits) : most),
      0,
    )
    if (highest > 0)
      found.set(one.signature.id, Math.min(EPISODE_BITS * MILLIBITS, Math.round(highest * EPISODE_SHARE)))
  }
  return found
}

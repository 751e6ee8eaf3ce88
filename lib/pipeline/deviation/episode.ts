import type { Signature } from '@/lib/pipeline/baseline/signature'
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

/** A signature of the day: its pattern, what it scored, and when the host first used it. */
export type DayScore = {
  signature: Signature
  subject: string
  score: { scoreMillibits: number }
  firstAtUs: number
}

/** Whether a person's account did it: what is deployed comes in bursts too, with the machine's rights. */
function isByPerson({ features }: Signature): boolean {
  return features.user !== null && !isServiceClass(features.user)
}

/**
 * What each deviation of a host's day gains, in millibits, because something else that a person's account did about that time stands out: an intrusion is
 * several unusual things in one hour. It ranks deviations and makes none, so that nothing is trusted or refused by it.
 */
export function gained<Score extends DayScore>(scores: readonly Score[]): ReadonlyMap<Score, number> {
  const deviations = scores.filter(({ score }) => score.scoreMillibits >= DEVIATION_FLOOR_MILLIBITS)
  const telling = deviations
    .filter(({ signature, score }) => score.scoreMillibits >= EPISODE_FROM_MILLIBITS && isByPerson(signature))
    .sort((a, b) => b.score.scoreMillibits - a.score.scoreMillibits)
  const found = new Map<Score, number>()
  for (const one of deviations) {
    const highest = telling.find(
      (other) =>
        other.subject !== one.subject && Math.abs(other.firstAtUs - one.firstAtUs) <= EPISODE_WITHIN_US,
    )
    if (highest === undefined) continue
    const gain = Math.round(highest.score.scoreMillibits * EPISODE_SHARE)
    found.set(one, Math.min(EPISODE_BITS * MILLIBITS, gain))
  }
  return found
}

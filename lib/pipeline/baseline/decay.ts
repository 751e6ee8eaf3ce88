import { HALF_LIFE_DAYS, HOUR_UNIT, WINDOW_DAYS } from './weights'

/** How much of its past a host's baseline learns from. An administrator's setting. */
export type Learning = {
  /** Days of usage that the baseline folds over. */
  windowDays: number
  /** Days after which a trusted hour weighs half. */
  halfLifeDays: number
}

export const DEFAULT_LEARNING: Learning = { windowDays: WINDOW_DAYS, halfLifeDays: HALF_LIFE_DAYS }

/**
 * Fixed-point weight (HOUR_UNIT = one hour today) of a trusted hour by its age in days, 0 to `windowDays`.
 * SQL reads this same array, so both sides agree to the bit.
 */
export function decayWeights({ windowDays, halfLifeDays }: Learning): readonly number[] {
  return Array.from({ length: windowDays + 1 }, (_, age) =>
    Math.round(HOUR_UNIT * 2 ** (-age / halfLifeDays)),
  )
}

/** Weight of `hours` trusted hours `ageDays` ago, of `weights` by age; 0 outside the window. */
export function decayedWeight(weights: readonly number[], hours: number, ageDays: number): number {
  return hours * (weights[ageDays] ?? 0)
}

/**
 * Whole trusted hours that a decayed weight counts for: rounded down, but at least 1 while anything is left in the window,
 * so that what happened once half a year ago still counts as seen once.
 */
export function countedHours(weight: number): number {
  return weight <= 0 ? 0 : Math.max(1, Math.floor(weight / HOUR_UNIT))
}

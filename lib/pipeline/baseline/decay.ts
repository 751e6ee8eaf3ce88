import { HALF_LIFE_DAYS, HOUR_UNIT, WINDOW_DAYS } from './weights'

/**
 * Fixed-point weight (HOUR_UNIT = one hour today) of a trusted hour by its age in days, 0 to WINDOW_DAYS.
 * SQL reads this same array, so both sides agree to the bit.
 */
export const DECAY_WEIGHTS: readonly number[] = Array.from({ length: WINDOW_DAYS + 1 }, (_, age) =>
  Math.round(HOUR_UNIT * 2 ** (-age / HALF_LIFE_DAYS)),
)

/** Weight of `hours` trusted hours `ageDays` ago; 0 outside the window. */
export function decayedWeight(hours: number, ageDays: number): number {
  return hours * (DECAY_WEIGHTS[ageDays] ?? 0)
}

/**
 * Whole trusted hours that a decayed weight counts for: rounded down, but at least 1 while anything is left in the window,
 * so that what happened once half a year ago still counts as seen once.
 */
export function countedHours(weight: number): number {
  return weight <= 0 ? 0 : Math.max(1, Math.floor(weight / HOUR_UNIT))
}

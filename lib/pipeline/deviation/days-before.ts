import { ACQUAINTANCE_WINDOW_DAYS } from './weights'

/** How many of some days, days since 1970 and each once, lie before a day and not too far back: Scopes.reportedDays. */
export function daysBefore(days: readonly number[], day: number): number {
  return days.filter((one) => one < day && one >= day - ACQUAINTANCE_WINDOW_DAYS).length
}

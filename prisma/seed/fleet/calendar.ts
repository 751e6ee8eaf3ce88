export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

const SATURDAY = 6
const SUNDAY = 0
const TUESDAY = 2

/** 0 is Sunday; the first of January 1970 was a Thursday. */
function weekday(utcDay: number): number {
  return (((utcDay + 4) % 7) + 7) % 7
}

export function isWorkday(utcDay: number): boolean {
  const day = weekday(utcDay)
  return day !== SATURDAY && day !== SUNDAY
}

/** The second Tuesday of the month, when Windows servicing is released. */
function isPatchTuesday(utcDay: number): boolean {
  const dayOfMonth = new Date(utcDay * DAY_MS).getUTCDate()
  return weekday(utcDay) === TUESDAY && dayOfMonth >= 8 && dayOfMonth <= 14
}

/** Days since the newest Patch Tuesday on or before this day. */
export function daysSincePatchTuesday(utcDay: number): number {
  let days = 0
  while (!isPatchTuesday(utcDay - days)) days++
  return days
}

/** `2026-03-01`. */
export function isoDay(utcDay: number): string {
  return new Date(utcDay * DAY_MS).toISOString().slice(0, 10)
}

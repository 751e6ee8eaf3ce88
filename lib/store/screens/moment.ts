import { dayNumber, dayOfNumber } from '@/lib/pipeline/days'

/** More days than anything is kept for, and few enough to make a column of each. */
export const LONGEST_DAYS = 3660
const DAY_US = 86_400_000_000
const MINUTE_US = 60_000_000
/** PostgreSQL and our own printing agree on four digits of a year; a day more is still within. */
const [EARLIEST_US, LATEST_US] = [Date.UTC(1900) * 1000, Date.UTC(9999) * 1000]

/** A day; or a time of it as CSV prints it, as pages do, or of another zone. A '+' that was not encoded arrives as a blank. */
const MOMENT =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?:Z|([-+ ])(\d\d):?([0-5]\d))?)?$/i

/** Microseconds since 1970; `wholeDay`: no time was given. */
type Moment = { us: number; wholeDay: boolean }

/** Reads a day, 'YYYY-MM-DD', or a time, 'YYYY-MM-DDTHH:MM[:SS[.ffffff]][Z|±HH:MM]', UTC where no zone is named; null for anything else, and for days that do not exist. */
export function parseMoment(text: string | undefined): Moment | null {
  const [, day = '', hour, minute, second = '0', fraction = '', sign, zoneHours, zoneMinutes] =
    MOMENT.exec(text?.trim() ?? '') ?? []
  if (!isDay(day)) return null
  const midnight = dayNumber(day) * DAY_US
  if (hour === undefined) return { us: within(midnight), wholeDay: true }
  const minutes = Number(hour) * 60 + Number(minute)
  const east = sign === undefined ? 0 : Number(zoneHours) * 60 + Number(zoneMinutes)
  const utc = minutes - (sign === '-' ? -east : east)
  const ofMinute = Number(second) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'))
  return { us: within(midnight + utc * MINUTE_US + ofMinute), wholeDay: false }
}

/** The day of a moment, UTC. */
export function toDay(text: string | undefined): string | null {
  const moment = parseMoment(text)
  return moment && dayOfNumber(Math.floor(moment.us / DAY_US))
}

/** Days that an address asks to look back; 'all' = as many as there may be, null = none are asked for, or nonsense. */
export function readDays(text: string | undefined): number | null {
  const days = text === 'all' ? LONGEST_DAYS : /^\d{1,4}$/.test(text ?? '') ? Number(text) : 0
  return days >= 1 && days <= LONGEST_DAYS ? days : null
}

/** Not the 30th of February, which JavaScript takes for one in March and PostgreSQL for an error. */
function isDay(day: string): boolean {
  const number = dayNumber(day)
  return !Number.isNaN(number) && dayOfNumber(number) === day
}

function within(us: number): number {
  return Math.min(Math.max(us, EARLIEST_US), LATEST_US)
}

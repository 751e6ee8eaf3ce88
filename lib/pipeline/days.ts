const DAY_MS = 86_400_000

/** Days since 1970 of a day, 'YYYY-MM-DD'. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS
}

/** The day, 'YYYY-MM-DD', of a number of days since 1970. */
export function dayOfNumber(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10)
}

/** 'YYYY-MM-DD' moved by days. */
export function addDays(day: string, days: number): string {
  return dayOfNumber(dayNumber(day) + days)
}

/** Days from one day to another, 'YYYY-MM-DD'; negative where that one is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

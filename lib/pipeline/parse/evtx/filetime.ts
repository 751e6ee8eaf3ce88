/** Seconds between 1601-01-01 (FILETIME) and 1970-01-01 (Unix). */
const SECONDS_1601_TO_1970 = 11_644_473_600
const TICKS_PER_SECOND = 10_000_000

/**
 * A FILETIME (100 ns ticks since 1601, as two 32-bit halves) as ISO 8601 with all seven digits,
 * e.g. "2021-04-26T08:26:03.0048574Z". Divides in 16-bit steps: the whole number does not fit a double.
 */
export function filetimeText(low: number, high: number): string {
  let seconds = Math.floor(high / TICKS_PER_SECOND)
  let rest = high % TICKS_PER_SECOND
  for (const half of [low >>> 16, low & 0xffff]) {
    const dividend = rest * 0x10000 + half
    seconds = seconds * 0x10000 + Math.floor(dividend / TICKS_PER_SECOND)
    rest = dividend % TICKS_PER_SECOND
  }
  return `${secondText(seconds - SECONDS_1601_TO_1970)}.${String(rest).padStart(7, '0')}Z`
}

const SECONDS_PER_DAY = 86_400
/** 00 to 99 */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** The last day printed: events come in order, so most share it with the one before. */
const last = { day: 0, text: '1970-01-01T' }

function secondText(second: number): string {
  const day = Math.floor(second / SECONDS_PER_DAY)
  if (day !== last.day) {
    last.day = day
    last.text = new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, -'00:00:00.000Z'.length)
  }
  const rest = second - day * SECONDS_PER_DAY
  const minute = Math.floor(rest / 60)
  const hour = Math.floor(minute / 60)
  return `${last.text}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute - hour * 60]}:${TWO_DIGITS[rest - minute * 60]}`
}

/** A SYSTEMTIME's eight 16-bit words (year, month, weekday, day, hour, minute, second, ms) as ISO 8601 with milliseconds. */
export function systemtimeText(word: (index: number) => number): string {
  const two = (index: number) => String(word(index)).padStart(2, '0')
  const year = String(word(0)).padStart(4, '0')
  const ms = String(word(7)).padStart(3, '0')
  return `${year}-${two(1)}-${two(3)}T${two(4)}:${two(5)}:${two(6)}.${ms}Z`
}

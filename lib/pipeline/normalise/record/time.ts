import type { EventTime } from '@/lib/pipeline/event/event'
import type { DateOrder } from '@/lib/pipeline/parse/date-order'

/** 1970-01-01 as FILETIME: 100 ns since 1601 (MS-DTYP 2.3.3). */
const FILETIME_EPOCH = 116_444_736_000_000_000n
const MAX_LENGTH = 64
const TICK_DIGITS = 7
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Date, time, up to nine digits of a second, zone: ISO 8601 and its relatives with a space. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(?:Z|UTC|([+-])(\d\d):?(\d\d)(?: UTC)?)?$/
/** 02/17/2022 02:15:47 AM, 5/13/2022, 8:54:05.123 AM, 25.06.2022 22:31:16, 2022/6/25 22:31 */
const LOCAL =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4}),? (\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?(?:\s([AP])\.?\s?M\.?)?$/i
const FILETIME = /^1[0-9]{17}$/
/** Since 1970, from 2001 to 2286: seconds, milliseconds, microseconds or nanoseconds by their length. */
const EPOCH = /^(?:(\d{10})(?:\.(\d{1,9}))?|(\d{10})(\d{3}|\d{6}|\d{9})(?:\.\d{1,9})?)$/
/** How .NET's older JSON prints a time: milliseconds since 1970. */
const DOTNET = /^\/Date\((\d{13})(?:[+-]\d{4})?\)\/$/
/** Mar 1, 2024 8:15:39 AM, 1 Mar 2024 08:15:39, Mar 1st 2024 08:15:39, Mar 1, 2024 @ 08:15:39.571 */
const NAMED =
  /^(?:([A-Z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,?|(\d{1,2})[ -]([A-Z]{3,9})\.?,?)[ -](\d{4}),?(?: @| at)? (\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:\s[AP]\.?\s?M\.?)?)$/i
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
)
/** 2024-03-01 오전 9:15:39, 2024. 3. 1. 上午 9:15 */
const HALF_FIRST =
  /^(\d{4}[./-] ?\d{1,2}[./-] ?\d{1,2})\.? (?:(오전|上午|午前)|오후|下午|午後) ?(\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)$/
const ZONE = /(?:Z|UTC|[+-]\d\d:?\d\d)$/

/**
 * A printed time as UTC; a text without a zone is taken as UTC. Reads ISO 8601 with up to nine digits of a second (the last two are cut), dates with
 * slashes, dots or dashes or a month's English name, a half of the day in Korean, Chinese and Japanese, FILETIME, and times since 1970. Without an order, 06/03/2018 is read where AM or PM shows that the month is first; where it is `unknown`, only if it is the same either way.
 * Null for anything else, and for dates that do not exist.
 */
export function parseTime(printed: string, order?: DateOrder): EventTime | null {
  const common = parseCommon(printed)
  if (common !== null) return common
  const text = printed.trim()
  if (text.length > MAX_LENGTH) return null
  const iso = ISO.exec(text)
  if (iso !== null) return fromIso(iso)
  const local = LOCAL.exec(text)
  if (local !== null) return fromLocal(local, order)
  if (FILETIME.test(text)) return fromFiletime(BigInt(text))
  return fromEpoch(DOTNET.exec(text)?.[1] ?? text) ?? fromNamed(text) ?? fromHalfFirst(text)
}

/** 2024-03-01T08:15:39.5701234Z and 2024-03-01 08:15:39.570, which nearly all are, without a regular expression; null for any other. */
function parseCommon(text: string): EventTime | null {
  const end = text.endsWith('Z') ? text.length - 1 : text.length
  if (end < 21 || end > 29 || !hasCommonMarks(text)) return null
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)]
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)]
  const fraction = digits(text, 20, end)
  if (Math.min(year, month, day, hour, minute, second, fraction) < 0) return null
  const ticks = Math.floor(fraction * 10 ** (TICK_DIGITS - (end - 20)))
  return toTime(year, month, day, hour, minute, second, ticks)
}

function hasCommonMarks(text: string): boolean {
  const between = text.charAt(10)
  if (between !== 'T' && between !== ' ') return false
  if (text.charAt(4) !== '-' || text.charAt(7) !== '-') return false
  return text.charAt(13) === ':' && text.charAt(16) === ':' && text.charAt(19) === '.'
}

/** The number that some characters print; -1 where one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

/** Whether a printed time is ISO 8601 or a relative of it, which programs print for programs. */
export function isIso(printed: string): boolean {
  return ISO.test(printed.trim())
}

/** Whether a printed time says where it holds. */
export function namesZone(printed: string): boolean {
  return printed.endsWith('Z') || ZONE.test(printed) || !/\D\d\d?\D/.test(printed)
}

function fromIso(match: RegExpExecArray): EventTime | null {
  const [, year, month, day, hour, minute, second, fraction, sign, zoneHours, zoneMinutes] = match
  const time = toTime(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    ticksOf(fraction),
  )
  if (time === null || sign === undefined) return time
  const minutes = Number(zoneHours) * 60 + Number(zoneMinutes)
  return { us: time.us - (sign === '-' ? -minutes : minutes) * 60_000_000, tick: time.tick }
}

function fromLocal(match: RegExpExecArray, order: DateOrder | undefined): EventTime | null {
  const [, first = '', separator = '', second = '', third = '', hour, minute, seconds, fraction, half] = match
  const date = datesOf(
    first,
    second,
    third,
    separator,
    order ?? (half === undefined ? 'unknown' : 'month-day'),
  )
  const printedHour = Number(hour)
  if (date === null || (half !== undefined && (printedHour < 1 || printedHour > 12))) return null
  const hour24 = half === undefined ? printedHour : (printedHour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  return toTime(
    date.year,
    date.month,
    date.day,
    hour24,
    Number(minute),
    Number(seconds ?? 0),
    ticksOf(fraction),
  )
}

function fromNamed(text: string): EventTime | null {
  const [, name, dayAfter, dayBefore, nameAfter, year, clock] = NAMED.exec(text) ?? []
  const printed = (name ?? nameAfter)?.toLowerCase()
  const month = printed === undefined ? -1 : MONTHS.findIndex((known) => isNameOf(known, printed))
  return month === -1 ? null : parseTime(`${year}-${month + 1}-${dayAfter ?? dayBefore} ${clock}`)
}

/** In full or its beginning; September has two of them. */
function isNameOf(month: string, printed: string): boolean {
  return printed === month || printed === month.slice(0, 3) || (printed === 'sept' && month === 'september')
}

function fromHalfFirst(text: string): EventTime | null {
  const [, date = '', morning, clock] = HALF_FIRST.exec(text) ?? []
  if (clock === undefined) return null
  return parseTime(`${date.replaceAll(' ', '')} ${clock} ${morning === undefined ? 'PM' : 'AM'}`)
}

function datesOf(first: string, second: string, third: string, separator: string, order: DateOrder) {
  const [a, b, c] = [Number(first), Number(second), Number(third)]
  if (first.length === 4) return { year: a, month: b, day: c }
  if (third.length !== 4) return null
  const isDayFirst = a > 12 || separator === '.' || a === b
  // 06/03/2018 is a day in March or in June: better no time than a wrong one
  if (!isDayFirst && b <= 12 && order === 'unknown') return null
  return isDayFirst || (b <= 12 && order === 'day-month')
    ? { year: c, month: b, day: a }
    : { year: c, month: a, day: b }
}

function toTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ticks: number,
): EventTime | null {
  const isReal =
    year >= 1970 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60
  if (!isReal) return null
  const us = Math.floor(ticks / 10)
  return { us: Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + us, tick: ticks - us * 10 }
}

/** Parts of a second in 100 ns; further digits are cut. */
function ticksOf(fraction = ''): number {
  return Number(fraction.slice(0, TICK_DIGITS).padEnd(TICK_DIGITS, '0'))
}

/** None in a month that does not exist. */
function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return DAYS[month - 1] ?? 0
}

function fromFiletime(filetime: bigint): EventTime | null {
  const ticks = filetime - FILETIME_EPOCH
  return ticks < 0n ? null : { us: Number(ticks / 10n), tick: Number(ticks % 10n) }
}

function fromEpoch(text: string): EventTime | null {
  const [, seconds, fraction, longSeconds, more] = EPOCH.exec(text) ?? []
  const whole = seconds ?? longSeconds
  if (whole === undefined) return null
  const ticks = ticksOf(fraction ?? more)
  const us = Math.floor(ticks / 10)
  return { us: Number(whole) * 1_000_000 + us, tick: ticks - us * 10 }
}

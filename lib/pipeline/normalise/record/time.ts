import type { EventTime } from '@/lib/pipeline/event/event'

/** 1970-01-01 as FILETIME: 100 ns since 1601 (MS-DTYP 2.3.3). */
const FILETIME_EPOCH = 116_444_736_000_000_000n
const MAX_LENGTH = 64
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Date, time, up to nine digits of a second, zone: ISO 8601 and its relatives with a space. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))? ?(?:Z|UTC|([+-])(\d\d):?(\d\d))?$/
/** 02/17/2022 02:15:47 AM, 5/13/2022, 8:54:05.123 AM */
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?: ([AP])M)?$/i
const FILETIME = /^1[0-9]{17}$/

/**
 * A printed time as UTC; a text without a zone is taken as UTC. Reads ISO 8601 with up to nine digits of a second (the last two are cut), month/day/year with AM or PM,
 * day/month/year or month/day/year without where only one of them can be meant, and FILETIME.
 * Null for anything else, and for dates that do not exist.
 */
export function parseTime(printed: string): EventTime | null {
  const text = printed.trim()
  if (text.length > MAX_LENGTH) return null
  const iso = ISO.exec(text)
  if (iso !== null) return fromIso(iso)
  const slashed = SLASHED.exec(text)
  if (slashed !== null) return fromSlashed(slashed)
  return FILETIME.test(text) ? fromFiletime(BigInt(text)) : null
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
    fraction,
  )
  if (time === null || sign === undefined) return time
  const minutes = Number(zoneHours) * 60 + Number(zoneMinutes)
  return { us: time.us - (sign === '-' ? -minutes : minutes) * 60_000_000, tick: time.tick }
}

function fromSlashed([
  ,
  first,
  second,
  year,
  hour,
  minute,
  seconds,
  fraction,
  half,
]: string[]): EventTime | null {
  const [a, b] = [Number(first), Number(second)]
  const isMonthFirst = half !== undefined || b > 12
  // 06/03/2018 08:15:39 is a day in March or in June: better no time than a wrong one
  if (!isMonthFirst && a <= 12 && a !== b) return null
  const [month, day] = isMonthFirst ? [a, b] : [b, a]
  const printedHour = Number(hour)
  if (half !== undefined && (printedHour < 1 || printedHour > 12)) return null
  const hour24 = half === undefined ? printedHour : (printedHour % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  return toTime(Number(year), month, day, hour24, Number(minute), Number(seconds ?? 0), fraction)
}

function toTime(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  fraction = '',
): EventTime | null {
  const isReal =
    year >= 1970 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60
  if (!isReal) return null
  const ticks = Number(fraction.slice(0, 7).padEnd(7, '0'))
  const us = Math.floor(ticks / 10)
  return { us: Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + us, tick: ticks - us * 10 }
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

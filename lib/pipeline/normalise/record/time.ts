import type { EventTime } from '@/lib/pipeline/event/event'

/** 1970-01-01 as FILETIME: 100 ns since 1601 (MS-DTYP 2.3.3). */
const FILETIME_EPOCH = 116_444_736_000_000_000n
const MAX_LENGTH = 64

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

function fromIso([
  ,
  year,
  month,
  day,
  hour,
  minute,
  second,
  fraction,
  sign,
  ...zone
]: string[]): EventTime | null {
  const time = fromParts([year, month, day, hour, minute, second].map(Number), fraction)
  if (time === null || sign === undefined) return time
  const minutes = Number(zone[0]) * 60 + Number(zone[1])
  return { ...time, us: time.us - (sign === '-' ? -minutes : minutes) * 60_000_000 }
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
  return fromParts([Number(year), month, day, hour24, Number(minute), Number(seconds ?? 0)], fraction)
}

function fromParts(parts: readonly number[], fraction = ''): EventTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(ms)
  // Date.UTC carries over: 31 June would become 1 July
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  if (!isReal || year < 1970) return null
  const ticks = Number(fraction.slice(0, 7).padEnd(7, '0'))
  return { us: ms * 1000 + Math.floor(ticks / 10), tick: ticks % 10 }
}

function fromFiletime(filetime: bigint): EventTime | null {
  const ticks = filetime - FILETIME_EPOCH
  return ticks < 0n ? null : { us: Number(ticks / 10n), tick: Number(ticks % 10n) }
}

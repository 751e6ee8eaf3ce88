const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Microseconds since 1970 → '2026-01-31 12:00:00.123 UTC'; microseconds are shown where there are any. */
export function formatUtc(us: number): string {
  const iso = new Date(Math.floor(us / 1000)).toISOString()
  const extra = us % 1000
  const micros = extra === 0 ? '' : String(Math.abs(extra)).padStart(3, '0')
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)}${micros} UTC`
}

/** '2026-01-31 12:00 UTC': on paper, nobody asks for more. */
export function formatMinute(us: number): string {
  return `${formatUtc(us).slice(0, 16)} UTC`
}

/** Microseconds since 1970 → '2026-01-31T12:00:00.123456', as addresses take it. */
export function addressTime(us: number): string {
  return formatUtc(us).slice(0, -' UTC'.length).replace(' ', 'T')
}

/** A day or time as addresses have it, to read: '2026-01-31T08:30' → '2026-01-31 08:30 UTC'; what names another zone keeps it. */
export function utcWords(text: string): string {
  const words = text.replace(/^(\d{4}-\d\d-\d\d)T/i, '$1 ').replace(/Z$/i, '')
  return /^\d{4}-\d\d-\d\d( [\d:.,]+)?$/.test(words) ? `${words} UTC` : words
}

/** A time in a time zone (undefined = the browser's), with its offset: to the second, or `exact` as it was stored. */
export function formatInZone(us: number, timeZone: string | undefined, exact = false): string {
  // what Intl says of a zone takes longer than the rest of a cell
  if (timeZone === 'UTC') return `${formatUtc(us).slice(0, exact ? -4 : 19)} +00:00`
  const parts = formatOf(timeZone).formatToParts(new Date(Math.floor(us / 1000)))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  // of a second, zones differ in nothing
  const fraction = exact ? formatUtc(us).slice(19, -4) : ''
  const clock = `${part('hour')}:${part('minute')}:${part('second')}${fraction}`
  return `${part('year')}-${part('month')}-${part('day')} ${clock} ${offsetOf(part('timeZoneName'))}`
}

/** 'GMT-03:30' → '−03:30' */
function offsetOf(name: string): string {
  return name.replace('GMT', '').replace('-', '−') || '+00:00'
}

const formats = new Map<string | undefined, Intl.DateTimeFormat>()

/** Making one takes longer than using it a hundred times. */
function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const digits = '2-digit'
  const made = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    ...(timeZone !== undefined && { timeZone }),
  })
  formats.set(timeZone, made)
  return made
}

/** How long before or after something, in microseconds: '−2 min 03 s', '+0.12 s'. */
export function formatOffset(us: number): string {
  const sign = us < 0 ? '−' : '+'
  const seconds = Math.abs(us) / 1_000_000
  if (seconds < 9.995) return `${sign}${seconds.toFixed(2)} s`
  const whole = Math.round(seconds)
  if (whole < MINUTE) return `${sign}${whole} s`
  const [large, small, of] =
    whole < HOUR ? ['min', 's', MINUTE] : whole < DAY ? ['h', 'min', HOUR] : ['d', 'h', DAY]
  const part = of === MINUTE ? 1 : of === HOUR ? MINUTE : HOUR
  return `${sign}${Math.floor(whole / of)} ${large} ${String(Math.floor((whole % of) / part)).padStart(2, '0')} ${small}`
}

/** '3 min ago', '2 h ago', '5 days ago'; beyond 30 days the date in a time zone (undefined = the browser's), '4 Nov' or '4 Nov 2024'. */
export function formatRelative(us: number, nowMs: number, timeZone: string | undefined): string {
  const seconds = Math.round(nowMs / 1000 - us / 1_000_000)
  const ago = Math.abs(seconds)
  if (ago < 45) return 'just now'
  if (ago >= 30 * DAY) return formatDay(us, nowMs, timeZone)
  const span = spanOf(ago)
  return seconds > 0 ? `${span} ago` : `in ${span}`
}

function spanOf(seconds: number): string {
  if (seconds < 45 * MINUTE) return `${Math.max(1, Math.round(seconds / MINUTE))} min`
  if (seconds < 22 * HOUR) return `${Math.max(1, Math.round(seconds / HOUR))} h`
  const days = Math.max(1, Math.round(seconds / DAY))
  return days === 1 ? '1 day' : `${days} days`
}

function formatDay(us: number, nowMs: number, timeZone: string | undefined): string {
  const [year, month, day] = dateIn(us, timeZone)
  const [thisYear] = dateIn(nowMs * 1000, timeZone)
  return `${day} ${MONTHS[month - 1]}${year === thisYear ? '' : ` ${year}`}`
}

function dateIn(us: number, timeZone: string | undefined): [year: number, month: number, day: number] {
  const [year = 0, month = 0, day = 0] = formatInZone(us, timeZone).slice(0, 10).split('-').map(Number)
  return [year, month, day]
}

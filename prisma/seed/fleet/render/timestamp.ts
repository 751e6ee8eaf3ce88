import { DAY_MS, HOUR_MS, isoDay, MINUTE_MS } from '../calendar'

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
const three = (value: number): string => (value < 10 ? `00${value}` : value < 100 ? `0${value}` : `${value}`)

let lastDay = { utcDay: 0, text: isoDay(0) }

/** A time as ISO 8601 has it, without its end; much faster than Date where many times share a day. */
function written(atMs: number, separator: string): string {
  const utcDay = Math.floor(atMs / DAY_MS)
  if (utcDay !== lastDay.utcDay) lastDay = { utcDay, text: isoDay(utcDay) }
  const ms = atMs - utcDay * DAY_MS
  const hour = two(Math.floor(ms / HOUR_MS))
  const minute = two(Math.floor(ms / MINUTE_MS) % 60)
  const second = two(Math.floor(ms / 1_000) % 60)
  return `${lastDay.text}${separator}${hour}:${minute}:${second}.${three(ms % 1_000)}`
}

/** `2026-03-01T12:34:56.789Z`. */
export const isoTime = (atMs: number): string => `${written(atMs, 'T')}Z`

/** `2026-03-01 12:34:56.789`, as Sysmon prints UtcTime. */
export const sysmonTime = (atMs: number): string => written(atMs, ' ')

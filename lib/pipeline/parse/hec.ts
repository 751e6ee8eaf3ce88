import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'

/** What Splunk's HTTP Event Collector wraps an event in. `host` and `timeUs` (µs since 1970) say what the event itself may leave out. */
export type HecEnvelope = { event: JsonObject | string; host: string | null; timeUs: number | null }

/** Why an envelope is none: the collector's own codes (Splunk, "Troubleshoot HTTP Event Collector"). */
export type HecFault = { code: 12 | 13 }

/** Reads `{"event": …, "host": …, "time": seconds since 1970, …}`; index, source, sourcetype and fields say nothing about a process. */
export function readEnvelope({ event, host, time }: JsonObject): HecEnvelope | HecFault {
  if (event === undefined) return { code: 12 }
  if (event === null || event === '' || isEmpty(event)) return { code: 13 }
  return {
    event: typeof event === 'object' && !Array.isArray(event) ? event : textOf(event),
    host: typeof host === 'string' && host.trim() !== '' ? host.trim() : null,
    timeUs: toMicroseconds(time),
  }
}

function isEmpty(event: JsonValue): boolean {
  return typeof event === 'object' && event !== null && Object.keys(event).length === 0
}

function textOf(event: JsonValue): string {
  return typeof event === 'string' ? event : JSON.stringify(event)
}

const LATEST_SECONDS = 1e11

/** "1426279439.123", 1426279439 or, as some senders have it, milliseconds. */
function toMicroseconds(time: JsonValue | undefined): number | null {
  const seconds = typeof time === 'string' && time.trim() !== '' ? Number(time) : time
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > LATEST_SECONDS * 1000) return null
  return Math.round(seconds > LATEST_SECONDS ? seconds * 1000 : seconds * 1_000_000)
}

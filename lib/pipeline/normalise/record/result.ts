import type { CordonEvent, EventTime } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue, Rejection } from '@/lib/pipeline/event/raw-record'
import { createdAt, isAmbiguous, isRefuted } from './creation-time'
import { object, text } from './field'
import type { WindowsRecord } from './windows-record'

export type RecordContext = {
  /** Host of the records that name none. */
  defaultHost: string | null
  /** Time of the Windows events that print none. */
  defaultTime?: EventTime | null
}

export type EventResult = { kind: 'event'; event: CordonEvent } | { kind: 'rejection'; rejection: Rejection }

/** What every event has of its record. */
export type RecordOrigin = { position: number; recordId: string | null; host: string | null }

export function rejected({ position, recordId }: Omit<RecordOrigin, 'host'>, reason: string): EventResult {
  return { kind: 'rejection', rejection: { position, recordId, reason } }
}

/** What is missing is named as the source names it. */
export function missing(origin: RecordOrigin, ...fields: string[]): EventResult {
  return rejected(origin, `no ${fields.join(' or ')} in the record`)
}

/** Reading the file again with a host is the remedy. */
export const HOST_MISSING =
  'no host in the record: give one (Host name on the Imports page, --host NAME on the command line, or host=NAME in the address of an upload)'

/** Of a table's dates. */
const SAY_WHICH =
  'say which (Order of dates on the Imports page, --date-order dmy or mdy on the command line, or dateOrder=dmy in the address of an upload), or '

/** Without a time nothing has a place in history. */
export function undated(record: WindowsRecord, origin: RecordOrigin, ...fields: string[]): EventResult {
  if (record.printed === undefined) return untimed(record.data, origin, TIME_FIELDS, ...fields)
  const { UtcTime = null } = record.data
  const printed = { UtcTime, ...record.printed() }
  return untimed(printed, origin, Object.keys(printed), ...fields)
}

/** Where Windows events have their times. */
const TIME_FIELDS = [
  ...['UtcTime', 'TimeCreated', 'SystemTime', 'TimeGenerated', 'EventTime', 'Time', '_time', '@timestamp'],
  'Timestamp',
]

/** Says what the first of the places has printed that is no time which is read; else that the fields are missing. */
export function untimed(
  printed: JsonObject,
  origin: RecordOrigin,
  places: readonly string[],
  ...fields: string[]
): EventResult {
  const found = places.find((place) => isUnread(printed[place]))
  if (found === undefined) return missing(origin, ...fields)
  return rejected(origin, unreadTime(found, printed[found]))
}

function isUnread(field: JsonValue | undefined): boolean {
  const printed = text(field)
  return printed !== null && (createdAt(field) === null || isAmbiguous(printed))
}

function unreadTime(field: string, value: JsonValue | undefined): string {
  const printed = text(value) ?? ''
  const shown = printed.slice(0, 32)
  const order = object(value)?.['DateOrder']
  if (isRefuted(value))
    return `dates of this file are not ${order === 'not-dmy' ? 'day before month (dmy)' : 'month before day (mdy)'}, as its import was told; this one is "${shown}": import it with the other order, or with none`
  if (isAmbiguous(printed))
    return `nothing shows if "${shown}" has the day or the month first: ${order === undefined ? '' : SAY_WHICH}export the log as XML or EVTX, or times as 2024-03-01T08:15:39Z`
  return `"${field}" is "${shown}", which is no time that is read`
}

/** A process creation without a host belongs nowhere. */
export function hostMissing(origin: RecordOrigin): EventResult {
  return rejected(origin, HOST_MISSING)
}

import type { CordonEvent, EventTime } from '@/lib/pipeline/event/event'
import type { Rejection } from '@/lib/pipeline/event/raw-record'
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
  'no host in the record: give one (--host NAME, or host=NAME in the address of an upload)'

/** Without a time nothing has a place in history. */
export function undated(record: WindowsRecord, origin: RecordOrigin, ...fields: string[]): EventResult {
  return record.undated === undefined ? missing(origin, ...fields) : rejected(origin, record.undated)
}

/** A process creation without a host belongs nowhere. */
export function hostMissing(origin: RecordOrigin): EventResult {
  return rejected(origin, HOST_MISSING)
}

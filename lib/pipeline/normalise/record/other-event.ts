import type { OtherEvent, Sensor } from '@/lib/pipeline/event/event'
import { type EventResult, type RecordOrigin, undated } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

/** An event that is recognised by its kind only. */
export function otherEvent(
  kind: OtherEvent['kind'],
  sensor: Sensor | null,
  record: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime | null,
): EventResult {
  if (at === null) return undated(record, origin, 'time')
  const { provider, channel, eventId } = record
  const log = (channel ?? provider ?? '').toLowerCase()
  const recordKey = `${log}:${eventId}:${origin.recordId}:${at.time.us}`
  return {
    kind: 'event',
    event: { kind, recordKey, sensor, ...origin, time: at.time, timeSource: at.source },
  }
}

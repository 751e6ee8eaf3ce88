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
  const { position, recordId, host } = origin
  return {
    kind: 'event',
    event: { kind, sensor, position, recordId, host, time: at.time, timeSource: at.source },
  }
}

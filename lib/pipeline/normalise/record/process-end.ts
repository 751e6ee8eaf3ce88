import type { Acting, ProcessEnd, Sensor } from '@/lib/pipeline/event/event'
import { actingKey, secondOf, sysmonActing } from './acting'
import { pid, text } from './field'
import type { EventResult, RecordOrigin } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

/** Sysmon 5: a process ended. */
export function sysmonEnd(record: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  return toEvent('sysmon', sysmonActing(record), origin, at)
}

/** Security 4689: a process ended. */
export function securityEnd({ data }: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const acting = { pid: pid(data['ProcessId']), processGuid: null, image: text(data['ProcessName']) }
  return toEvent('security', acting, origin, at)
}

function toEvent(sensor: Sensor, acting: Acting, origin: RecordOrigin, at: CreationTime): EventResult {
  const { time, source: timeSource } = at
  const recordKey = `${sensor}:end:${actingKey(acting)}:${secondOf(time.us)}`
  const event: ProcessEnd = { kind: 'process-end', recordKey, sensor, ...origin, time, timeSource, ...acting }
  return { kind: 'event', event }
}

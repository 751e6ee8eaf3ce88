import type { OtherEvent, ProcessCreation, ProcessEnd, Sensor } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { actingKey, secondOf } from '../acting'
import { type EventResult, hostMissing, missing, type RecordContext, type RecordOrigin } from '../result'
import type { CreationTime } from '../windows-record'

/** Reads a record of an endpoint sensor's dialect; null where it is none of it. */
export type EndpointReader = (
  fields: JsonObject,
  position: number,
  context: RecordContext,
) => EventResult | null

/** What a sensor says of a process; what it does not say is null. */
type Known = Partial<Omit<ProcessCreation, 'kind' | 'sensor' | 'recordKey' | keyof RecordOrigin | 'image'>>

const UNKNOWN = {
  pid: null,
  parentPid: null,
  processGuid: null,
  parentProcessGuid: null,
  commandLine: null,
  currentDirectory: null,
  originalFileName: null,
  parentImage: null,
  parentCommandLine: null,
  grandparentImage: null,
  user: null,
  userSid: null,
  integrityLevel: null,
  logonId: null,
  hashes: null,
  signer: null,
} as const

/**
 * A process creation that an endpoint sensor reports. Its identity is the sensor's own id of the process, else what it is.
 * @param imageField the field that holds the image, for the rejection of a record without
 */
export function endpointCreation(
  sensor: Sensor,
  origin: RecordOrigin,
  at: CreationTime,
  image: string | null,
  known: Known,
  imageField: string,
): EventResult {
  if (image === null) return missing(origin, imageField)
  if (origin.host === null) return hostMissing(origin)
  const { pid = null, processGuid = null } = known
  const event: ProcessCreation = {
    ...UNKNOWN,
    kind: 'process-creation',
    recordKey: `${sensor}:${processGuid ?? `${pid}:${image.toLowerCase()}:${at.time.us}`}`,
    sensor,
    ...origin,
    time: at.time,
    // the sensor's own clock, in UTC unless its export left the zone out
    timeSource: at.source === 'zone-unknown' ? at.source : 'utc-time',
    image,
    ...known,
  }
  return { kind: 'event', event }
}

/** The end of a process. */
export function endpointEnd(
  sensor: Sensor,
  origin: RecordOrigin,
  at: CreationTime,
  acting: Pick<ProcessEnd, 'pid' | 'processGuid' | 'image'>,
): EventResult {
  const { time, source: timeSource } = at
  const recordKey = `${sensor}:end:${actingKey(acting)}:${secondOf(time.us)}`
  const event: ProcessEnd = { kind: 'process-end', recordKey, sensor, ...origin, time, timeSource, ...acting }
  return { kind: 'event', event }
}

/** Anything else that a sensor reports: counted. */
export function endpointOther(sensor: Sensor, origin: RecordOrigin, at: CreationTime): EventResult {
  const { time, source: timeSource } = at
  const event: OtherEvent = { kind: 'other', sensor, ...origin, time, timeSource }
  return { kind: 'event', event }
}

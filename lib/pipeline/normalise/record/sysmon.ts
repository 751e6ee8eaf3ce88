import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { createdAtUtc } from './creation-time'
import { dnsQuery } from './dns-query'
import { guid, hexId, listedHashes, pid, text, trimmed } from './field'
import { moduleLoad } from './module-load'
import { sysmonConnection } from './network-connection'
import { otherEvent } from './other-event'
import { sysmonEnd } from './process-end'
import { type EventResult, hostMissing, missing, type RecordOrigin, undated } from './result'
import { halvePercents } from './unescape'
import type { CreationTime, WindowsRecord } from './windows-record'

type Reader = (record: WindowsRecord, origin: RecordOrigin, at: CreationTime) => EventResult

/** What else than creations is read, by event id. */
const READERS: ReadonlyMap<number, Reader> = new Map([
  [3, sysmonConnection],
  [5, sysmonEnd],
  [7, moduleLoad],
  [22, dnsQuery],
])

/** Events of Sysmon for Windows and Linux: 1 is a process creation; 3, 5, 7 and 22 are read too, 11 is recognised. */
export function fromSysmon(record: WindowsRecord, origin: RecordOrigin): EventResult {
  const { eventId } = record
  const time = sysmonTime(record)
  const reader = eventId === 1 ? sysmonCreation : READERS.get(eventId)
  if (reader === undefined)
    return otherEvent(eventId === 11 ? 'file-create' : 'other', 'sysmon', record, origin, time)
  if (time === null) return undated(record, origin, 'UtcTime', 'TimeCreated')
  return withShift(reader(record, origin, time), record)
}

/** Whether more is read of Sysmon's event than its time. */
export function isReadOfSysmon(eventId: number): boolean {
  return eventId === 1 || READERS.has(eventId)
}

const SHIFT_MIN_SECONDS = 60
/** Clocks of no hosts: half a century. */
const SHIFT_MAX_SECONDS = 50 * 365 * 86_400

/** Notes how far the log's creation time, which exporters shift, is from Sysmon's own. */
function withShift(result: EventResult, record: WindowsRecord): EventResult {
  if (result.kind !== 'event' || result.event.timeSource !== 'utc-time') return result
  const created = record.created()
  if (created?.source !== 'time-created') return result
  const shiftSeconds = Math.round((created.time.us - result.event.time.us) / 1_000_000)
  const size = Math.abs(shiftSeconds)
  if (size < SHIFT_MIN_SECONDS || size > SHIFT_MAX_SECONDS) return result
  return { kind: 'event', event: { ...result.event, shiftSeconds } }
}

function sysmonCreation(record: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const image = text(record.data['Image'])
  if (image === null) return missing(origin, 'Image')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(record, origin, image, at) }
}

/** Sysmon's own UTC, since exporters shift the log's creation time: but for what a person's program printed anew. */
function sysmonTime(record: WindowsRecord): CreationTime | null {
  const own = createdAtUtc(record.data['UtcTime'])
  if (own === null) return record.created()
  return own.source === 'zone-unknown' ? own : { time: own.time, source: 'utc-time' }
}

function toCreation(
  record: WindowsRecord,
  origin: RecordOrigin,
  image: string,
  at: CreationTime,
): ProcessCreation {
  const { data } = record
  const processId = pid(data['ProcessId'])
  const processGuid = guid(data['ProcessGuid'])
  return {
    kind: 'process-creation',
    // the guid is unique across hosts; without it the process is known by what it is
    recordKey:
      processGuid === null
        ? `sysmon:${processId}:${image.toLowerCase()}:${at.time.us}`
        : `sysmon:${processGuid}`,
    sensor: isSelection(record, origin, at) ? 'edr' : 'sysmon',
    ...origin,
    time: at.time,
    timeSource: at.source,
    pid: processId,
    parentPid: pid(data['ParentProcessId']),
    processGuid,
    parentProcessGuid: guid(data['ParentProcessGuid']),
    image,
    commandLine: commandLine(record),
    currentDirectory: text(data['CurrentDirectory']),
    originalFileName: text(data['OriginalFileName']),
    parentImage: text(data['ParentImage']),
    parentCommandLine: text(data['ParentCommandLine']),
    grandparentImage: null,
    user: trimmed(data['User']),
    userSid: null,
    integrityLevel: trimmed(data['IntegrityLevel'])?.toLowerCase() ?? null,
    logonId: hexId(data['LogonId']),
    hashes: listedHashes(data['Hashes'] ?? data['Hash']),
    signer: null,
  }
}

/**
 * Whether a record has only some of the event's fields, as searches print them: without Sysmon's own id and the log's it is another view of its process, which
 * correlation finds to be one with the event. A local time may be shifted, which is not looked for between such views.
 */
function isSelection({ data }: WindowsRecord, { recordId }: RecordOrigin, { source }: CreationTime): boolean {
  return recordId === null && text(data['ProcessGuid']) === null && source !== 'zone-unknown'
}

function commandLine({ provider, data }: WindowsRecord): string | null {
  const written = text(data['CommandLine'])
  return written === null || provider === 'Linux-Sysmon' ? written : halvePercents(written)
}

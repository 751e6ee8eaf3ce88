import type { OtherEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import { createdAt } from './creation-time'
import { guid, hexId, listedHashes, pid, text, trimmed } from './field'
import { otherEvent } from './other-event'
import { type EventResult, hostMissing, missing, type RecordOrigin } from './result'
import { halvePercents } from './unescape'
import type { CreationTime, WindowsRecord } from './windows-record'

const KINDS: ReadonlyMap<number, OtherEvent['kind']> = new Map([
  [3, 'network-connection'],
  [5, 'process-end'],
  [7, 'module-load'],
  [11, 'file-create'],
  [22, 'dns-query'],
])

/** Events of Sysmon for Windows and Linux: 1 is a process creation, 3, 5, 7, 11 and 22 are recognised. */
export function fromSysmon(record: WindowsRecord, origin: RecordOrigin): EventResult {
  const time = sysmonTime(record)
  if (record.eventId !== 1)
    return otherEvent(KINDS.get(record.eventId) ?? 'other', 'sysmon', record, origin, time)
  const image = text(record.data['Image'])
  if (image === null) return missing(origin, 'Image')
  if (time === null) return missing(origin, 'UtcTime', 'TimeCreated')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(record, origin, image, time) }
}

/** Sysmon's own UTC: exporters shift the log's creation time. */
function sysmonTime({ data, created }: WindowsRecord): CreationTime | null {
  const own = createdAt(data['UtcTime'])
  return own === null ? created : { ...own, source: 'utc-time' }
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
    sensor: 'sysmon',
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

function commandLine({ provider, data }: WindowsRecord): string | null {
  const written = text(data['CommandLine'])
  return written === null || provider === 'Linux-Sysmon' ? written : halvePercents(written)
}

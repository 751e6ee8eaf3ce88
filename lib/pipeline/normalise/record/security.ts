import type { OtherEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { account, hexId, pid, sid, text, trimmed } from './field'
import { otherEvent } from './other-event'
import { type EventResult, hostMissing, missing, type RecordOrigin } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

const KINDS: ReadonlyMap<number, OtherEvent['kind']> = new Map([
  [4689, 'process-end'],
  [5156, 'network-connection'],
  [5157, 'network-connection'],
])

/** Mandatory labels (MS-DTYP 2.4.2.4); medium plus counts as medium. */
const INTEGRITY_LEVELS: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'low'],
  ['S-1-16-8192', 'medium'],
  ['S-1-16-8448', 'medium'],
  ['S-1-16-12288', 'high'],
  ['S-1-16-16384', 'system'],
])

/** Events of the Security log: 4688 is a process creation; 4689, 5156 and 5157 are recognised. */
export function fromSecurity(record: WindowsRecord, origin: RecordOrigin): EventResult {
  const { eventId, data, created } = record
  if (eventId !== 4688) return otherEvent(KINDS.get(eventId) ?? 'other', 'security', record, origin, created)
  const image = text(data['NewProcessName'])
  if (image === null) return missing(origin, 'NewProcessName')
  if (created === null) return missing(origin, 'TimeCreated')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(data, origin, image, created) }
}

function toCreation(
  data: JsonObject,
  origin: RecordOrigin,
  image: string,
  at: CreationTime,
): ProcessCreation {
  const newPid = pid(data['NewProcessId'])
  // in 4688 ProcessId is the creator's
  const creatorPid = pid(data['ProcessId'])
  const second = Math.floor(at.time.us / 1_000_000)
  return {
    kind: 'process-creation',
    recordKey: `security:${newPid}:${creatorPid}:${image.toLowerCase()}:${second}`,
    sensor: 'security',
    ...origin,
    time: at.time,
    timeSource: at.source,
    pid: newPid,
    parentPid: creatorPid,
    processGuid: null,
    parentProcessGuid: null,
    image,
    commandLine: text(data['CommandLine']),
    currentDirectory: null,
    originalFileName: null,
    parentImage: text(data['ParentProcessName']),
    parentCommandLine: null,
    grandparentImage: null,
    ...accountOf(data),
    integrityLevel: INTEGRITY_LEVELS.get(trimmed(data['MandatoryLabel']) ?? '') ?? null,
    hashes: null,
    signer: null,
  }
}

/** The process runs as the target where one is named, else as its creator's account. */
function accountOf(data: JsonObject): Pick<ProcessCreation, 'user' | 'userSid' | 'logonId'> {
  const target = account(data['TargetDomainName'], data['TargetUserName'])
  const role = target === null ? 'Subject' : 'Target'
  return {
    user: target ?? account(data['SubjectDomainName'], data['SubjectUserName']),
    userSid: sid(data[`${role}UserSid`]),
    logonId: hexId(data[`${role}LogonId`]),
  }
}

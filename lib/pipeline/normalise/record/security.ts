import type { ProcessCreation } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { account, hexId, pid, sid, text, trimmed } from './field'
import { filteredConnection } from './network-connection'
import { otherEvent } from './other-event'
import { securityEnd } from './process-end'
import { type EventResult, hostMissing, missing, type RecordOrigin, undated } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

/** Mandatory labels (MS-DTYP 2.4.2.4); medium plus counts as medium. */
const INTEGRITY_LEVELS: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'low'],
  ['S-1-16-8192', 'medium'],
  ['S-1-16-8448', 'medium'],
  ['S-1-16-12288', 'high'],
  ['S-1-16-16384', 'system'],
  // as texts for people print them
  ['Mandatory Label\\Low Mandatory Level', 'low'],
  ['Mandatory Label\\Medium Mandatory Level', 'medium'],
  ['Mandatory Label\\High Mandatory Level', 'high'],
  ['Mandatory Label\\System Mandatory Level', 'system'],
  ['Verbindliche Beschriftung\\Niedrige Verbindlichkeitsstufe', 'low'],
  ['Verbindliche Beschriftung\\Mittlere Verbindlichkeitsstufe', 'medium'],
  ['Verbindliche Beschriftung\\Hohe Verbindlichkeitsstufe', 'high'],
  ['Verbindliche Beschriftung\\Systemverbindlichkeitsstufe', 'system'],
  ['Étiquette obligatoire\\Niveau obligatoire faible', 'low'],
  ['Étiquette obligatoire\\Niveau obligatoire moyen', 'medium'],
  ['Étiquette obligatoire\\Niveau obligatoire élevé', 'high'],
  ['Étiquette obligatoire\\Niveau obligatoire système', 'system'],
])

type Reader = (record: WindowsRecord, origin: RecordOrigin, at: CreationTime) => EventResult

/** What is read of the Security log, by event id. */
const READERS: ReadonlyMap<number, Reader> = new Map([
  [4688, securityCreation],
  [4689, securityEnd],
  [5156, filteredConnection],
  [5157, filteredConnection],
])

/** A mandatory label as a level. */
export function integrityOfLabel(label: JsonValue | undefined): string | null {
  return INTEGRITY_LEVELS.get(trimmed(label) ?? '') ?? null
}

/** Events of the Security log: process creations and ends, and what the Windows Filtering Platform let pass or blocked. */
export function fromSecurity(record: WindowsRecord, origin: RecordOrigin): EventResult {
  const { eventId } = record
  const created = record.created()
  const reader = READERS.get(eventId)
  if (reader === undefined) return otherEvent('other', 'security', record, origin, created)
  return created === null ? undated(record, origin, 'TimeCreated') : reader(record, origin, created)
}

export function isReadOfSecurity(eventId: number | null): boolean {
  return eventId !== null && READERS.has(eventId)
}

function securityCreation({ data }: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const image = text(data['NewProcessName'])
  if (image === null) return missing(origin, 'NewProcessName')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(data, origin, image, at) }
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
    integrityLevel: integrityOfLabel(data['MandatoryLabel']),
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

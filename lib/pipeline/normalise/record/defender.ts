import type { OtherEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from './creation-time'
import { defenderConnection, defenderModule, isDefenderConnection, joinPath } from './defender-tables'
import { account, firstText, hexId, pid, separateHashes, sid, text, trimmed } from './field'
import { type EventResult, hostMissing, missing, type RecordContext, type RecordOrigin } from './result'
import type { CreationTime } from './windows-record'

/** Whether a record is a row of Defender's advanced hunting tables. */
export function isDefender(fields: JsonObject): boolean {
  return fields['Timestamp'] !== undefined && fields['DeviceName'] !== undefined
}

/** A row of DeviceProcessEvents, DeviceImageLoadEvents or DeviceNetworkEvents; rows of other tables and other actions are counted only. */
export function fromDefender(fields: JsonObject, position: number, context: RecordContext): EventResult {
  const recordId = text(fields['ReportId'])
  const origin = { position, recordId, host: trimmed(fields['DeviceName']) ?? context.defaultHost }
  const at = createdAt(fields['Timestamp'])
  if (at === null) return missing(origin, 'Timestamp')
  if (!isCreation(fields)) return fromOtherTable(fields, origin, { ...at, source: 'utc-time' })
  const image = joinPath(fields['FolderPath'], fields['FileName'])
  if (image === null) return missing(origin, 'FolderPath', 'FileName')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(fields, origin, image, at) }
}

function isCreation(fields: JsonObject): boolean {
  const action = trimmed(fields['ActionType'])
  return action === 'ProcessCreated' || (action === null && fields['ProcessCommandLine'] !== undefined)
}

function fromOtherTable(fields: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const action = trimmed(fields['ActionType'])
  if (action === 'ImageLoaded') return defenderModule(fields, origin, at)
  if (action !== null && isDefenderConnection(action)) return defenderConnection(fields, origin, at)
  const event: OtherEvent = {
    kind: 'other',
    sensor: 'defender',
    ...origin,
    time: at.time,
    timeSource: at.source,
  }
  return { kind: 'event', event }
}

function toCreation(
  fields: JsonObject,
  origin: RecordOrigin,
  image: string,
  { time }: CreationTime,
): ProcessCreation {
  const processId = pid(fields['ProcessId'])
  // a report id counts per device and starts again: only with the time it is one event
  const identity = origin.recordId ?? `${processId}:${image.toLowerCase()}`
  return {
    kind: 'process-creation',
    recordKey: `defender:${time.us}:${time.tick}:${identity}`,
    sensor: 'defender',
    ...origin,
    time,
    timeSource: 'utc-time',
    pid: processId,
    parentPid: pid(fields['InitiatingProcessId']),
    processGuid: null,
    parentProcessGuid: null,
    image,
    commandLine: text(fields['ProcessCommandLine']),
    currentDirectory: null,
    originalFileName: text(fields['ProcessVersionInfoOriginalFileName']),
    parentImage: joinPath(fields['InitiatingProcessFolderPath'], fields['InitiatingProcessFileName']),
    parentCommandLine: text(fields['InitiatingProcessCommandLine']),
    grandparentImage: firstText(
      fields['InitiatingProcessParentProcessName'],
      fields['InitiatingProcessParentFileName'],
    ),
    user: account(fields['AccountDomain'], fields['AccountName']),
    userSid: sid(fields['AccountSid']),
    integrityLevel: trimmed(fields['ProcessIntegrityLevel'])?.toLowerCase() ?? null,
    logonId: hexId(fields['LogonId']),
    hashes: separateHashes({ md5: fields['MD5'], sha1: fields['SHA1'], sha256: fields['SHA256'] }),
    signer: null,
  }
}

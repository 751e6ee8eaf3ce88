import type { EventTime, OtherEvent, ProcessCreation } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { secondOf } from './acting'
import { createdAtUtc } from './creation-time'
import { defenderAttempt } from './defender-controls'
import { defenderConnection, defenderModule, isDefenderConnection, joinPath } from './defender-tables'
import { account, firstText, hexId, pid, separateHashes, sid, text, trimmed } from './field'
import {
  type EventResult,
  hostMissing,
  missing,
  type RecordContext,
  type RecordOrigin,
  untimed,
} from './result'
import type { CreationTime } from './windows-record'

/** Whether a record is a row of Defender's advanced hunting tables, as it exports them or as Log Analytics has them. */
export function isDefender(fields: JsonObject): boolean {
  if (fields['DeviceName'] === undefined) return false
  return (
    fields['Timestamp'] !== undefined ||
    (fields['TimeGenerated'] !== undefined && fields['ActionType'] !== undefined)
  )
}

const TIMES = ['Timestamp', 'TimeGenerated'] as const

/** A row of DeviceProcessEvents, DeviceImageLoadEvents or DeviceNetworkEvents, or a control's of DeviceEvents; rows of other tables and other actions are counted only. */
export function fromDefender(fields: JsonObject, position: number, context: RecordContext): EventResult {
  const recordId = text(fields['ReportId'])
  const origin = { position, recordId, host: trimmed(fields['DeviceName']) ?? context.defaultHost }
  const at = defenderTime(fields)
  if (at === null) return untimed(fields, origin, TIMES, 'Timestamp')
  if (!isCreation(fields)) return fromOtherTable(fields, origin, at)
  const image = joinPath(fields['FolderPath'], fields['FileName'])
  if (image === null) return missing(origin, 'FolderPath', 'FileName')
  if (origin.host === null) return hostMissing(origin)
  return { kind: 'event', event: toCreation(fields, origin, image, at) }
}

/** Its own clock, in UTC: but for what a person's program printed anew. */
function defenderTime(fields: JsonObject): CreationTime | null {
  const at = createdAtUtc(fields['Timestamp']) ?? createdAtUtc(fields['TimeGenerated'])
  return at?.source === 'time-created' ? { time: at.time, source: 'utc-time' } : at
}

function isCreation(fields: JsonObject): boolean {
  const action = trimmed(fields['ActionType'])
  return action === 'ProcessCreated' || (action === null && fields['ProcessCommandLine'] !== undefined)
}

function fromOtherTable(fields: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const action = trimmed(fields['ActionType'])
  if (action === 'ImageLoaded') return defenderModule(fields, origin, at)
  if (action !== null && isDefenderConnection(action)) return defenderConnection(fields, origin, at)
  const attempt = action === null ? null : defenderAttempt(action, fields, origin, at)
  if (attempt !== null) return attempt
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
  at: CreationTime,
): ProcessCreation {
  const processId = pid(fields['ProcessId'])
  return {
    kind: 'process-creation',
    ...keysOf(origin.recordId, processId, image, at.time),
    sensor: 'defender',
    ...origin,
    time: at.time,
    timeSource: at.source,
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

/**
 * A report id counts per device and starts again: only with the time it is one event. Exports print that to different digits, so its second counts; where
 * neither report nor process have an id, all its digits have to. Stored before that were all digits of each, by which a record is still known.
 */
function keysOf(
  reportId: string | null,
  processId: number | null,
  image: string,
  time: EventTime,
): { recordKey: string; formerKey?: string } {
  const former = `defender:${time.us}:${time.tick}:${reportId ?? `${processId}:${image.toLowerCase()}`}`
  if (reportId === null && processId === null) return { recordKey: former }
  const identity = reportId === null ? `${processId}:${image.toLowerCase()}` : `${reportId}:${processId}`
  return { recordKey: `defender:${secondOf(time.us)}:${identity}`, formerKey: former }
}

import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import {
  account,
  firstText,
  guid,
  hexId,
  integer,
  integrityLevel,
  object,
  pid,
  processId,
  separateHashes,
  sid,
  text,
  trimmed,
} from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

const PROCESS_ACTIVITY = 1007
const LAUNCH = 1
const TERMINATE = 2

/**
 * Events in the Open Cybersecurity Schema Framework (OCSF), as Amazon Security Lake and others keep them. Its parent started a process; where a record has
 * none, the actor did. Fields as schema.ocsf.io names them (Process Activity).
 */
export function fromOpenSchema(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const classId = integer(fields['class_uid'])
  const metadata = object(fields['metadata'])
  if (classId === null || metadata === null) return null
  const device = object(fields['device']) ?? {}
  const host = firstText(device['hostname'], device['name'])?.trim() || context.defaultHost
  const origin = { position, recordId: text(metadata['uid']), host }
  const at = createdAt(fields['time'], fields['time_dt'])
  if (at === null) return untimed(fields, origin, ['time', 'time_dt'], 'time')
  const process = object(fields['process']) ?? {}
  const actor = object(fields['actor']) ?? {}
  const parent = parentOf(process, actor)
  const known = {
    pid: pid(process['pid']),
    parentPid: pid(parent['pid']),
    processGuid: idOf(process),
    parentProcessGuid: idOf(parent),
    commandLine: text(process['cmd_line']),
    currentDirectory: text(process['working_directory']),
    parentImage: imageOf(parent),
    parentCommandLine: text(parent['cmd_line']),
    ...userOf(object(process['user']) ?? object(actor['user']) ?? {}),
    integrityLevel: integrityLevel(process['integrity']),
    logonId: hexId(object(process['session'])?.['uid'] ?? object(actor['session'])?.['uid']),
    hashes: hashesOf(object(process['file'])?.['hashes']),
  }
  // without Sysmon's own id a record is another view of its process: correlation finds them to be one
  const isSysmon = guid(known.processGuid) !== null && isOfSysmon(metadata)
  const sensor = isSysmon ? 'sysmon' : 'edr'
  const activity = classId === PROCESS_ACTIVITY ? integer(fields['activity_id']) : null
  const image = imageOf(process)
  const { pid: processId, processGuid } = known
  if (activity === TERMINATE) return endpointEnd(sensor, origin, at, { pid: processId, processGuid, image })
  if (activity !== LAUNCH) return endpointOther(sensor, origin, at)
  return endpointCreation(sensor, origin, at, image, known, 'process.file.path')
}

function isOfSysmon(metadata: JsonObject): boolean {
  const names = [object(metadata['product'])?.['name'], metadata['log_name'], metadata['log_provider']]
  return names.some((name) => /sysmon/i.test(text(name) ?? ''))
}

/** All of one process: the pieces of two are not to be mixed. */
function parentOf(process: JsonObject, actor: JsonObject): JsonObject {
  const own = object(process['parent_process']) ?? {}
  const acting = object(actor['process']) ?? {}
  return imageOf(own) === null && pid(own['pid']) === null ? acting : own
}

function imageOf(process: JsonObject): string | null {
  return firstText(object(process['file'])?.['path'], process['path'], process['name'])
}

function idOf(process: JsonObject): string | null {
  const { uid } = process
  return guid(uid) ?? processId(uid)
}

function userOf(user: JsonObject): { user: string | null; userSid: string | null } {
  return { user: account(user['domain'], user['name']), userSid: sid(user['uid']) }
}

/** Algorithms are named MD5, SHA-1, SHA-256. */
function hashesOf(list: JsonValue | undefined) {
  const values = new Map(
    (Array.isArray(list) ? list : []).map((one) => {
      const { algorithm, value } = object(one) ?? {}
      return [trimmed(algorithm)?.toLowerCase().replaceAll('-', ''), value] as const
    }),
  )
  return separateHashes({ md5: values.get('md5'), sha1: values.get('sha1'), sha256: values.get('sha256') })
}

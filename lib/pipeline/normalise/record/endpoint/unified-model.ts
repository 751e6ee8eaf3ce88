import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import {
  account,
  firstText,
  guid,
  object,
  pid,
  processId,
  separateHashes,
  sid,
  text,
  trimmed,
} from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import type { CreationTime } from '../windows-record'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

type Field = JsonValue | undefined

/**
 * Events in Google SecOps' Unified Data Model, with names as its tables have them (`event_type`) or its search answers (`eventType`, below `udm`): the
 * principal started the target's process, whose parent some parsers put below it. Fields as its field list names them (Noun, Process, File).
 */
export function fromUnifiedModel(
  given: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const fields = object(given['udm']) ?? given
  const metadata = object(fields['metadata'])
  const type = metadata === null ? null : trimmed(named(metadata, 'event_type'))
  if (metadata === null || type === null || !/^[A-Z]+_[A-Z_]+$/.test(type)) return null
  const [principal, target] = [object(fields['principal']) ?? {}, object(fields['target']) ?? {}]
  const host = firstText(principal['hostname'], target['hostname'])?.trim() || context.defaultHost
  const origin = { position, recordId: text(named(metadata, 'product_log_id')), host }
  const at = timeOf(named(metadata, 'event_timestamp'))
  if (at === null) return untimed(metadata, origin, ['event_timestamp', 'eventTimestamp'], 'event_timestamp')
  const process = object(target['process']) ?? {}
  const parent = parentOf(process, principal)
  const known = {
    pid: pid(process['pid']),
    parentPid: pid(parent['pid']),
    processGuid: idOf(process),
    parentProcessGuid: idOf(parent),
    commandLine: text(named(process, 'command_line')),
    parentImage: pathOf(parent),
    parentCommandLine: text(named(parent, 'command_line')),
    ...userOf(target, principal),
    hashes: hashesOf(process),
  }
  // without Sysmon's own id a record is another view of its process: correlation finds them to be one
  const isSysmon =
    guid(known.processGuid) !== null && /sysmon/i.test(text(named(metadata, 'product_name')) ?? '')
  const sensor = isSysmon ? 'sysmon' : 'edr'
  const image = pathOf(process)
  const { pid: processId, processGuid } = known
  if (type === 'PROCESS_TERMINATION')
    return endpointEnd(sensor, origin, at, { pid: processId, processGuid, image })
  if (type !== 'PROCESS_LAUNCH') return endpointOther(sensor, origin, at)
  return endpointCreation(sensor, origin, at, image, known, 'target.process.file.full_path')
}

/** A field by its name in tables, or in answers: full_path, fullPath. */
function named(fields: JsonObject, name: string): Field {
  return fields[name] ?? fields[name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())]
}

/** A text, or seconds and nanoseconds. */
function timeOf(value: Field): CreationTime | null {
  const seconds = text(object(value)?.['seconds'])
  const nanos = pid(object(value)?.['nanos']) ?? 0
  return createdAt(seconds === null ? value : `${seconds}.${String(nanos).padStart(9, '0')}`)
}

function parentOf(process: JsonObject, principal: JsonObject): JsonObject {
  const below = object(named(process, 'parent_process')) ?? {}
  const own = object(principal['process']) ?? {}
  return pathOf(own) === null && pathOf(below) !== null ? below : own
}

function pathOf(process: JsonObject): string | null {
  return text(named(object(process['file']) ?? {}, 'full_path'))
}

/** Parsers put the product's name before the id: SYSMON:{94f748d5-…}. */
function idOf(process: JsonObject): string | null {
  const id = processId(named(process, 'product_specific_process_id'))
  return id === null ? null : (guid(id.replace(/^sysmon:/i, '')) ?? id.toLowerCase())
}

/** Some parsers name a target who is nobody. */
function userOf(target: JsonObject, principal: JsonObject) {
  const [own, starting] = [accountOf(target), accountOf(principal)]
  return own.user === null && own.userSid === null ? starting : own
}

function accountOf(holder: JsonObject): { user: string | null; userSid: string | null } {
  const user = object(holder['user']) ?? {}
  const name = account(named(holder, 'administrative_domain'), user['userid'])
  return { user: name, userSid: sid(named(user, 'windows_sid')) }
}

function hashesOf(process: JsonObject) {
  const { md5, sha1, sha256 } = object(process['file']) ?? {}
  return separateHashes({ md5, sha1, sha256 })
}

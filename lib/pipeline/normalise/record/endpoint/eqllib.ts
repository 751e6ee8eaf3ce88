import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, firstText, guid, hexId, pid, separateHashes, text, trimmed } from '../field'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

const CREATE: ReadonlySet<string> = new Set(['create', 'creation_event', 'fork', 'exec'])
const TERMINATE: ReadonlySet<string> = new Set(['terminate', 'termination_event'])

/** Events in the schema of the Event Query Language's library: no host, FILETIMEs; those made of Sysmon's have its GUIDs. */
export function fromEqllib(fields: JsonObject, position: number, context: RecordContext): EventResult | null {
  const type = trimmed(fields['event_type'] ?? fields['event_type_full'])
  if (type === null || fields['timestamp'] === undefined) return null
  const host = firstText(fields['hostname'], fields['host_name'])?.trim() || context.defaultHost
  const origin = { position, recordId: null, host }
  const at = createdAt(fields['timestamp'])
  if (at === null) return untimed(fields, origin, ['timestamp'], 'timestamp')
  const processGuid = guid(fields['unique_pid'])
  const sensor = processGuid === null ? 'edr' : 'sysmon'
  const subtype = trimmed(fields['subtype'] ?? fields['event_subtype_full']) ?? ''
  const image = firstText(fields['process_path'], fields['process_name'])
  if (!type.startsWith('process')) return endpointOther(sensor, origin, at)
  if (TERMINATE.has(subtype))
    return endpointEnd(sensor, origin, at, { pid: pid(fields['pid']), processGuid, image })
  if (!CREATE.has(subtype)) return endpointOther(sensor, origin, at)
  const known = {
    pid: pid(fields['pid']),
    parentPid: pid(fields['ppid']),
    processGuid,
    parentProcessGuid: guid(fields['unique_ppid']),
    commandLine: text(fields['command_line']),
    originalFileName: text(fields['original_file_name']),
    parentImage: firstText(fields['parent_process_path'], fields['parent_process_name']),
    user: account(fields['user_domain'], fields['user_name']) ?? trimmed(fields['user']),
    logonId: hexId(fields['logon_id']),
    hashes: separateHashes({ md5: fields['md5'], sha1: fields['sha1'], sha256: fields['sha256'] }),
  }
  return endpointCreation(sensor, origin, at, image, known, 'process_path')
}

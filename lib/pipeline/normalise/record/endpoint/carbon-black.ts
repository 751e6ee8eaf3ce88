import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, ipAddress, pid, port, separateHashes, sid, text, trimmed } from '../field'
import {
  connectionEvent,
  type Ends,
  endsOfSides,
  hostName,
  isInitiated,
  protocolName,
} from '../network-connection'
import { type EventResult, type RecordContext, type RecordOrigin, untimed } from '../result'
import type { CreationTime } from '../windows-record'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

const FORWARDED = 'ingress.event.'
/** A process has 36 characters of its own; its search adds a segment's number. */
const GUID_LENGTH = 36

/**
 * Carbon Black EDR: events of its sensors as its event forwarder prints them (`ingress.event.procstart`; fields as in carbonblack/cb-event-forwarder,
 * `ProcessEvent`), and processes as its search answers (`/api/v1/process`, `unique_id`). Both name a process alike.
 */
export function fromCarbonBlack(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const { type } = fields
  if (typeof type === 'string' && type.startsWith(FORWARDED))
    return forwarded(fields, type.slice(FORWARDED.length), position, context)
  const isFound = fields['unique_id'] !== undefined && fields['process_pid'] !== undefined
  return isFound ? found(fields, position, context) : null
}

function forwarded(fields: JsonObject, type: string, position: number, context: RecordContext): EventResult {
  const host = trimmed(fields['computer_name']) ?? context.defaultHost
  const origin = { position, recordId: null, host }
  const at = createdAt(fields['timestamp'])
  if (at === null) return untimed(fields, origin, ['timestamp'], 'timestamp')
  const acting = {
    pid: pid(fields['pid']),
    processGuid: idOf(fields['process_guid']),
    image: firstText(fields['process_path'], fields['path']),
  }
  if (type === 'procend') return endpointEnd('edr', origin, at, acting)
  if (type === 'netconn') return connectionEvent('edr', acting, endsOf(fields), origin, at)
  if (type !== 'procstart') return endpointOther('edr', origin, at)
  const known = {
    pid: acting.pid,
    parentPid: pid(fields['parent_pid']),
    processGuid: acting.processGuid,
    parentProcessGuid: idOf(fields['parent_process_guid']),
    commandLine: text(fields['command_line']),
    parentImage: text(fields['parent_path']),
    user: trimmed(fields['username']),
    userSid: sid(fields['uid']),
    hashes: separateHashes({ md5: fields['md5'], sha1: null, sha256: fields['sha256'] }),
  }
  return endpointCreation('edr', origin, at, firstText(fields['path'], fields['process_path']), known, 'path')
}

/** Older servers name the other end `ipv4` and `port`. */
function endsOf(fields: JsonObject): Ends {
  return endsOfSides({
    protocol: protocolName(fields['protocol']),
    initiated: isInitiated(fields['direction']),
    local: { ip: ipAddress(fields['local_ip']), port: port(fields['local_port']) },
    remote: {
      ip: ipAddress(fields['remote_ip'] ?? fields['ipv4']),
      port: port(fields['remote_port'] ?? fields['port']),
    },
    destinationHost: hostName(fields['domain']),
  })
}

function found(fields: JsonObject, position: number, context: RecordContext): EventResult {
  const host = trimmed(fields['hostname']) ?? context.defaultHost
  const origin: RecordOrigin = { position, recordId: null, host }
  const at: CreationTime | null = createdAt(fields['start'])
  if (at === null) return untimed(fields, origin, ['start'], 'start')
  const known = {
    pid: pid(fields['process_pid']),
    parentPid: pid(fields['parent_pid']),
    processGuid: idOf(fields['unique_id']),
    parentProcessGuid: idOf(fields['parent_unique_id']),
    commandLine: text(fields['cmdline']),
    parentImage: text(fields['parent_name']),
    user: trimmed(fields['username']),
    hashes: separateHashes({ md5: fields['process_md5'], sha1: null, sha256: fields['process_sha256'] }),
  }
  return endpointCreation('edr', origin, at, firstText(fields['path'], fields['process_name']), known, 'path')
}

function idOf(value: JsonValue | undefined): string | null {
  return trimmed(value)?.slice(0, GUID_LENGTH).toLowerCase() ?? null
}

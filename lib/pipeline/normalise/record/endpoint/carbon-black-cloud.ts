import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { flag, ipAddress, object, pid, port, processId, separateHashes, text, trimmed } from '../field'
import { connectionEvent, type Ends, endsOfSides, hostName } from '../network-connection'
import { type EventResult, type RecordContext, untimed } from '../result'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

const FORWARDED = 'endpoint.event.'
const VERIFIED = 'FILE_SIGNATURE_STATE_VERIFIED'

/**
 * Events of Carbon Black Cloud as its data forwarder prints them. Of a `procstart` the process is the one that started another: `childproc_…`, whose
 * command line is `target_cmdline`; its own parent is `parent_…`. Fields as in elastic/integrations, carbon_black_cloud, endpoint_event.
 */
export function fromCarbonBlackCloud(
  fields: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const { type } = fields
  if (typeof type !== 'string' || !type.startsWith(FORWARDED)) return null
  const origin = { position, recordId: null, host: hostOf(fields['device_name']) ?? context.defaultHost }
  const at = createdAt(fields['device_timestamp'])
  if (at === null) return untimed(fields, origin, ['device_timestamp'], 'device_timestamp')
  const acting = {
    pid: pid(fields['process_pid']),
    processGuid: idOf(fields['process_guid']),
    image: text(fields['process_path']),
  }
  switch (type.slice(FORWARDED.length)) {
    case 'procstart':
      return endpointCreation(
        'edr',
        origin,
        at,
        text(fields['childproc_name']),
        startedBy(acting, fields),
        'childproc_name',
      )
    case 'procend':
      return endpointEnd('edr', origin, at, acting)
    case 'netconn':
      if (trimmed(fields['action']) === 'ACTION_CONNECTION_LISTEN') break
      return connectionEvent('edr', acting, endsOf(fields), origin, at)
  }
  return endpointOther('edr', origin, at)
}

function startedBy(
  parent: { pid: number | null; processGuid: string | null; image: string | null },
  fields: JsonObject,
) {
  const hashes = Array.isArray(fields['childproc_hash']) ? fields['childproc_hash'].slice(0, 4) : []
  const ofLength = (length: number) =>
    hashes.find((hash) => typeof hash === 'string' && hash.length === length)
  return {
    pid: pid(fields['childproc_pid']),
    parentPid: parent.pid,
    processGuid: idOf(fields['childproc_guid']),
    parentProcessGuid: parent.processGuid,
    commandLine: text(fields['target_cmdline']),
    parentImage: parent.image,
    parentCommandLine: text(fields['process_cmdline']),
    grandparentImage: text(fields['parent_path']),
    user: trimmed(fields['childproc_username']),
    hashes: separateHashes({
      md5: fields['childproc_md5'] ?? ofLength(32),
      sha1: null,
      sha256: fields['childproc_sha256'] ?? ofLength(64),
    }),
    signer: signerOf(fields['childproc_publisher']),
  }
}

function endsOf(fields: JsonObject): Ends {
  const inbound = flag(fields['netconn_inbound'])
  const protocol = trimmed(fields['netconn_protocol'])
    ?.toLowerCase()
    .replace(/^proto_/, '')
  return endsOfSides({
    protocol: protocol ?? null,
    initiated: inbound === null ? null : !inbound,
    local: { ip: ipAddress(fields['local_ip']), port: port(fields['local_port']) },
    remote: { ip: ipAddress(fields['remote_ip']), port: port(fields['remote_port']) },
    destinationHost: hostName(fields['netconn_domain']),
  })
}

/** Of DOMAIN\NAME the name. */
function hostOf(value: JsonValue | undefined): string | null {
  const name = trimmed(value)
  return name === null ? null : trimmed(name.slice(name.lastIndexOf('\\') + 1))
}

function signerOf(value: JsonValue | undefined): string | null {
  const publisher = object(Array.isArray(value) ? value[0] : value)
  return text(publisher?.['state'])?.includes(VERIFIED) ? trimmed(publisher?.['name']) : null
}

function idOf(value: JsonValue | undefined): string | null {
  return processId(value)?.toLowerCase() ?? null
}

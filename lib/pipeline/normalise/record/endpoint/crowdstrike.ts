import type { Acting } from '@/lib/pipeline/event/event'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { queryAnswers, queryEvent } from '../dns-query'
import { firstText, hexId, integer, ipAddress, pid, port, separateHashes, sid, text, trimmed } from '../field'
import { connectionEvent, endsOfSides, protocolName } from '../network-connection'
import { type EventResult, type RecordContext, type RecordOrigin, untimed } from '../result'
import type { CreationTime } from '../windows-record'
import { endpointCreation, endpointEnd, endpointOther } from './endpoint-creation'

/** The end of a mandatory label's SID, as a number. */
const INTEGRITY: readonly (readonly [number, string])[] = [
  [0x4000, 'system'],
  [0x3000, 'high'],
  [0x2000, 'medium'],
  [0x1000, 'low'],
]
/** Synthetic ones tell of processes that ran before the sensor did. */
const CREATIONS: ReadonlySet<string> = new Set(['ProcessRollup2', 'SyntheticProcessRollup2'])
const ENDS: ReadonlySet<string> = new Set(['EndOfProcess', 'TerminateProcess'])

const TIMES = ['timestamp', '@timestamp', '_time'] as const
const DECIMAL = '_decimal'

/** The old search marked numbers by their names. */
function withoutSuffix(fields: JsonObject): JsonObject {
  if (fields[`TargetProcessId${DECIMAL}`] === undefined && fields[`ContextProcessId${DECIMAL}`] === undefined)
    return fields
  const entries = Object.entries(fields)
  return Object.fromEntries(
    entries.map(([name, value]) => [name.endsWith(DECIMAL) ? name.slice(0, -DECIMAL.length) : name, value]),
  )
}

/** Falcon's events as its data replicator and its search print them. Processes have ids of its own, unique with the sensor's (`aid`). */
export function fromCrowdStrike(
  given: JsonObject,
  position: number,
  context: RecordContext,
): EventResult | null {
  const name = trimmed(given['event_simpleName'] ?? given['#event_simpleName']) ?? nameOf(given)
  if (name === null) return null
  const fields = withoutSuffix(given)
  const host = firstText(fields['ComputerName'])?.trim() || context.defaultHost || trimmed(fields['aid'])
  const origin = { position, recordId: text(fields['id'] ?? fields['@id']), host }
  const at = createdAt(...TIMES.map((time) => fields[time]))
  if (CREATIONS.has(name)) {
    const started = createdAt(fields['ProcessStartTime']) ?? at
    const image = firstText(fields['ImageFileName'], fields['FilePath'], fields['FileName'])
    if (started === null) return untimed(fields, origin, ['ProcessStartTime', ...TIMES], 'ProcessStartTime')
    return endpointCreation('crowdstrike', origin, started, image, processOf(fields), 'ImageFileName')
  }
  if (at === null) return untimed(fields, origin, TIMES, 'timestamp')
  if (name === 'DnsRequest') return request(fields, origin, at)
  if (name.startsWith('NetworkConnectIP') || name.startsWith('NetworkReceiveAcceptIP'))
    return connection(fields, name, origin, at)
  if (!ENDS.has(name)) return endpointOther('crowdstrike', origin, at)
  return endpointEnd('crowdstrike', origin, at, {
    pid: pid(fields['RawProcessId']),
    processGuid: falconId(fields, fields['TargetProcessId']),
    image: text(fields['ImageFileName']),
  })
}

/** People select a creation's columns without its name; no other event has these three. */
function nameOf(fields: JsonObject): string | null {
  const names = ['ImageFileName', 'CommandLine', 'ParentBaseFileName']
  return names.every((name) => fields[name] !== undefined) ? 'ProcessRollup2' : null
}

function connection(fields: JsonObject, name: string, origin: RecordOrigin, at: CreationTime): EventResult {
  const initiated = name.startsWith('NetworkConnect') && trimmed(fields['ConnectionDirection']) !== '1'
  const ends = endsOfSides({
    protocol: protocolName(fields['Protocol']),
    initiated,
    local: {
      ip: ipAddress(fields['LocalAddressIP4'] ?? fields['LocalAddressIP6']),
      port: port(fields['LocalPort']),
    },
    remote: {
      ip: ipAddress(fields['RemoteAddressIP4'] ?? fields['RemoteAddressIP6']),
      port: port(fields['RemotePort'] ?? fields['RPort']),
    },
  })
  return connectionEvent('crowdstrike', contextOf(fields), ends, origin, at)
}

function request(fields: JsonObject, origin: RecordOrigin, at: CreationTime): EventResult {
  const answers = queryAnswers(firstText(fields['IP4Records'], fields['IP6Records']))
  return queryEvent('crowdstrike', contextOf(fields), fields['DomainName'], answers, origin, at)
}

/** The process that an event happened in. */
function contextOf(fields: JsonObject): Acting {
  return {
    pid: null,
    processGuid: falconId(fields, fields['ContextProcessId']),
    image: text(fields['ContextBaseFileName'] ?? fields['ContextImageFileName']),
  }
}

function processOf(fields: JsonObject) {
  return {
    pid: pid(fields['RawProcessId']),
    processGuid: falconId(fields, fields['TargetProcessId']),
    parentProcessGuid: falconId(fields, fields['ParentProcessId']),
    commandLine: text(fields['CommandLine']),
    originalFileName: text(fields['OriginalFilename']),
    parentImage: text(fields['ParentBaseFileName']),
    grandparentImage: text(fields['GrandParentBaseFileName']),
    user: trimmed(fields['UserName']),
    userSid: sid(fields['UserSid']),
    integrityLevel: integrityLevel(fields['IntegrityLevel']),
    logonId: hexId(fields['AuthenticationId']),
    hashes: separateHashes({
      md5: fields['MD5HashData'],
      sha1: fields['SHA1HashData'],
      sha256: fields['SHA256HashData'],
    }),
  }
}

/** An id of a process, which is unique with the sensor's (`aid`). */
export function falconId({ aid }: JsonObject, process: JsonValue | undefined): string | null {
  const id = trimmed(process)
  return id === null ? null : `${trimmed(aid) ?? ''}:${id}`.slice(0, 64).toLowerCase()
}

function integrityLevel(value: JsonValue | undefined): string | null {
  const level = integer(value)
  return INTEGRITY.find(([least]) => level !== null && level >= least)?.[1] ?? null
}

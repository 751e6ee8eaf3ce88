import type { Acting, NetworkConnection, Sensor } from '@/lib/pipeline/event/event'
import type { JsonValue } from '@/lib/pipeline/event/raw-record'
import { actingKey, secondOf, sysmonActing } from './acting'
import { flag, ipAddress, pid, port, text, trimmed } from './field'
import type { EventResult, RecordOrigin } from './result'
import type { CreationTime, WindowsRecord } from './windows-record'

type Field = JsonValue | undefined

/** What a connection is, whichever sensor saw it. */
export type Ends = Omit<
  NetworkConnection,
  keyof Acting | 'kind' | 'sensor' | 'recordKey' | keyof RecordOrigin | 'time' | 'timeSource'
>

/** One end of a connection. */
type End = { ip: string | null; port: number | null }
/** A connection as a sensor tells it that names its own host's end and the other; what is not said of its outcome went through. */
type Sides = Pick<Ends, 'protocol' | 'initiated'> & {
  local: End
  remote: End
  destinationHost?: string | null
  outcome?: Ends['outcome']
}

/** Who accepted a connection is its destination. */
export function endsOfSides({
  protocol,
  initiated,
  local,
  remote,
  destinationHost = null,
  outcome = 'allowed',
}: Sides): Ends {
  const [source, destination] = initiated === false ? [remote, local] : [local, remote]
  return {
    protocol,
    initiated,
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationHost,
    destinationPort: destination.port,
    outcome,
  }
}

/** Sysmon 3: a connection was opened or accepted. */
export function sysmonConnection(record: WindowsRecord, origin: RecordOrigin, at: CreationTime): EventResult {
  const { data } = record
  const ends: Ends = {
    protocol: trimmed(data['Protocol'])?.toLowerCase() ?? null,
    initiated: flag(data['Initiated']),
    sourceIp: ipAddress(data['SourceIp']),
    sourcePort: port(data['SourcePort']),
    destinationIp: ipAddress(data['DestinationIp']),
    destinationHost: hostName(data['DestinationHostname']),
    destinationPort: port(data['DestinationPort']),
    outcome: 'allowed',
  }
  return connectionEvent('sysmon', sysmonActing(record), ends, origin, at)
}

/** Message numbers of the Security log's directions. */
const DIRECTIONS: ReadonlyMap<string, boolean> = new Map([
  ['%%14592', false],
  ['%%14593', true],
  ['inbound', false],
  ['outbound', true],
])
/** Protocol numbers of the Internet (IANA). */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'icmpv6'],
])

/** A protocol by its name, printed as that or as its number. */
export function protocolName(value: Field): string | null {
  const protocol = trimmed(value)?.toLowerCase() ?? null
  return protocol === null ? null : (PROTOCOLS.get(protocol) ?? protocol)
}

/** Whether a printed direction leads out; null where it says neither. */
export function isInitiated(direction: Field): boolean | null {
  return DIRECTIONS.get(trimmed(direction)?.toLowerCase() ?? '') ?? null
}

/** Security 5156 and 5157: the Windows Filtering Platform permitted a connection, or blocked it. */
export function filteredConnection(
  record: WindowsRecord,
  origin: RecordOrigin,
  at: CreationTime,
): EventResult {
  const { data, eventId } = record
  const ends: Ends = {
    protocol: protocolName(data['Protocol']),
    initiated: isInitiated(data['Direction']),
    sourceIp: ipAddress(data['SourceAddress']),
    sourcePort: port(data['SourcePort']),
    destinationIp: ipAddress(data['DestAddress']),
    destinationHost: null,
    destinationPort: port(data['DestPort']),
    outcome: eventId === 5157 ? 'blocked' : 'allowed',
  }
  const acting: Acting = {
    pid: pid(data['ProcessID'] ?? data['ProcessId']),
    processGuid: null,
    image: text(data['Application']),
  }
  return connectionEvent('security', acting, ends, origin, at)
}

/** A connection as an event. Its identity is the process, the ends and the second. */
export function connectionEvent(
  sensor: Sensor,
  acting: Acting,
  ends: Ends,
  origin: RecordOrigin,
  { time, source }: CreationTime,
): EventResult {
  const { protocol, sourceIp, sourcePort, destinationIp, destinationPort, outcome } = ends
  const path = `${protocol}:${sourceIp}:${sourcePort}:${destinationIp}:${destinationPort}:${outcome}`
  const event: NetworkConnection = {
    kind: 'network-connection',
    recordKey: `${sensor}:connection:${actingKey(acting)}:${path}:${secondOf(time.us)}`,
    sensor,
    ...origin,
    time,
    timeSource: source,
    ...acting,
    ...ends,
  }
  return { kind: 'event', event }
}

/** A name as DNS spells it, not an address printed in its place. */
export function hostName(value: Field): string | null {
  const name = trimmed(value)?.toLowerCase().replace(/\.$/, '') ?? ''
  return name === '' || ipAddress(name) !== null ? null : name.slice(0, 255)
}

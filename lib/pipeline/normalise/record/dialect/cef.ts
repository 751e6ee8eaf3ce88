import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { account, firstText, integer, object, only, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'
import { SYSMON_NAMES } from './named-values'

const SYSMON = 'Microsoft-Windows-Sysmon'
const SECURITY = 'Microsoft-Windows-Security-Auditing'
/** "Microsoft-Windows-Security-Auditing:4688", "4688" */
const CLASS = /^(?:(.{1,128}):)?(\d{1,5})$/
/** Fields for what the format has no name of its own for: what each holds is in another, of the same name and Label. */
const CUSTOM = /^(?:cs|cn|cfp|c6a|flexString|flexNumber|deviceCustom(?:String|Number|Date))\d$/
/** Of the connector: when the event was, and when it came to an end, are the same of a Windows event. */
const TIMES = ['rt', 'deviceReceiptTime', 'end', 'start'] as const

/** What labels call the values of 4688 otherwise than its names, without blanks and in lower case. */
const OF_CREATION: ReadonlyMap<string, string> = new Map([
  ['newprocessid', 'NewProcessId'],
  ['newprocessname', 'NewProcessName'],
  ['creatorprocessid', 'ProcessId'],
  ['creatorprocessname', 'ParentProcessName'],
  ['processcommandline', 'CommandLine'],
  ['commandline', 'CommandLine'],
  ['mandatorylabel', 'MandatoryLabel'],
])

const REPEATED =
  'a key stands in the CEF twice with different values, as where a command line is not escaped: its values cannot be told; send events as JSON, or export the log itself (wevtutil epl LOG FILE)'

/** A Windows event as connectors of ArcSight and others write it in the Common Event Format (CEF), as `cefFields` reads it; of other products an event that is only counted. Falcon's have a reader of their own. */
export function liftCef(fields: JsonObject): WindowsRecord | null {
  const extension = object(fields['extension'])
  const [, source, id] = CLASS.exec(trimmed(fields['deviceEventClassId']) ?? '') ?? []
  // others number what they send in `externalId`
  const eventId = integer(id) ?? integer(extension?.['externalId']) ?? 0
  if (extension === null || fields['deviceVendor'] === 'CrowdStrike') return null
  const provider = providerOf(fields, source)
  return {
    provider,
    channel: null,
    eventId,
    computer: computerOf(provider, eventId, extension),
    created: () => createdAt(...TIMES.map((name) => extension[name])),
    printed: () => only(extension, ...TIMES),
    // the connector's own id
    recordId: null,
    data: provider === SYSMON ? sysmonData(eventId, extension) : securityData(eventId, extension),
    ...(fields['repeatedKey'] !== undefined && { unread: REPEATED }),
  }
}

const CONNECTIONS: ReadonlySet<number> = new Set([3, 5156, 5157])

/** Of Windows' events the destination is the machine itself, but for that of a connection. */
function computerOf(provider: string, eventId: number, extension: JsonObject): string | null {
  const isOwn = (provider === SYSMON || provider === SECURITY) && !CONNECTIONS.has(eventId)
  const destination = isOwn ? extension['dhost'] : undefined
  return firstText(extension['dvchost'], destination, extension['deviceHostName'])?.trim() || null
}

/** Of what is no event of a Windows log the product. */
function providerOf(fields: JsonObject, source: string | undefined): string {
  const named = [source, text(fields['deviceProduct'])].join(' ').trim()
  if (/sysmon/i.test(named)) return SYSMON
  if (/security-auditing/i.test(named)) return SECURITY
  if (trimmed(fields['deviceVendor']) !== 'Microsoft' || !/windows/i.test(named)) return named
  const log = trimmed(object(fields['extension'])?.['cat'])
  return source ?? (log === null || log === 'Security' ? SECURITY : log)
}

function securityData(eventId: number, extension: JsonObject): JsonObject {
  if (eventId !== 4688) return otherSecurityData(extension)
  return {
    NewProcessId: extension['dpid'] ?? null,
    NewProcessName: firstText(extension['dproc'], extension['filePath']),
    ProcessId: extension['spid'] ?? null,
    ParentProcessName: extension['sproc'] ?? null,
    SubjectUserName: extension['suser'] ?? null,
    SubjectDomainName: extension['sntdom'] ?? null,
    SubjectLogonId: extension['suid'] ?? null,
    TargetUserName: extension['duser'] ?? null,
    TargetDomainName: extension['dntdom'] ?? null,
    TargetLogonId: extension['duid'] ?? null,
    ...labelled(extension, OF_CREATION),
  }
}

/** 4689, 5156 and 5157. */
function otherSecurityData(extension: JsonObject): JsonObject {
  const { image, id } = actingOf(extension)
  return {
    ...{ ProcessId: id, ProcessName: image, ProcessID: id, Application: image },
    ...{ SourceAddress: extension['src'] ?? null, SourcePort: extension['spt'] ?? null },
    ...{ DestAddress: extension['dst'] ?? null, DestPort: extension['dpt'] ?? null },
    Protocol: extension['proto'] ?? null,
    Direction: DIRECTIONS.get(trimmed(extension['deviceDirection']) ?? '') ?? null,
  }
}

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['0', 'inbound'],
  ['1', 'outbound'],
])

/** By event id the names of its values, as labels call them. */
const OF_SYSMON: ReadonlyMap<number, ReadonlyMap<string, string>> = new Map(
  Array.from(SYSMON_NAMES, ([eventId, names]) => [
    eventId,
    new Map(names.map((name) => [name.toLowerCase(), name])),
  ]),
)
const NO_NAMES: ReadonlyMap<string, string> = new Map()

function sysmonData(eventId: number, extension: JsonObject): JsonObject {
  const own = eventId === 1 ? sysmonCreation(extension) : otherSysmonData(extension)
  return { ...own, ...labelled(extension, OF_SYSMON.get(eventId) ?? NO_NAMES) }
}

function sysmonCreation(extension: JsonObject): JsonObject {
  return {
    Image: extension['dproc'] ?? null,
    ProcessId: extension['dpid'] ?? null,
    ParentImage: extension['sproc'] ?? null,
    ParentProcessId: extension['spid'] ?? null,
    User: account(extension['dntdom'], extension['duser']),
  }
}

/** 3, 5, 7 and 22. */
function otherSysmonData(extension: JsonObject): JsonObject {
  const { image, id } = actingOf(extension)
  return {
    ...{ Image: image, ProcessId: id, ImageLoaded: extension['filePath'] ?? null },
    ...{ SourceIp: extension['src'] ?? null, SourcePort: extension['spt'] ?? null },
    ...{ DestinationIp: extension['dst'] ?? null, DestinationPort: extension['dpt'] ?? null },
    ...{ DestinationHostname: extension['dhost'] ?? null, Protocol: extension['proto'] ?? null },
  }
}

/** The process that acts, on whichever side a connector has it. */
function actingOf(extension: JsonObject): { image: JsonValue; id: JsonValue } {
  const side = text(extension['dproc']) === null && text(extension['sproc']) !== null ? 's' : 'd'
  return { image: extension[`${side}proc`] ?? null, id: extension[`${side}pid`] ?? null }
}

/** What stands in custom fields, by what their labels call it, and in ArcSight's additional data (`ad.`). */
function labelled(extension: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const told = Object.entries(extension).flatMap(([key, value]): [string, JsonValue][] => {
    const label = key.startsWith('ad.')
      ? key.slice(3)
      : CUSTOM.test(key)
        ? text(extension[`${key}Label`])
        : null
    const name = names.get(label?.replace(/[^a-z]/gi, '').toLowerCase() ?? '')
    return name === undefined || text(value) === null ? [] : [[name, value]]
  })
  return Object.fromEntries(told)
}

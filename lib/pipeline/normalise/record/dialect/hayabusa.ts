import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

const SYSMON = { channel: 'Microsoft-Windows-Sysmon/Operational', provider: 'Microsoft-Windows-Sysmon' }
const SECURITY = { channel: 'Security', provider: 'Microsoft-Windows-Security-Auditing' }
/** The logs that are read, as Hayabusa abbreviates them (channel_abbreviations.txt) and as it names them where it is told not to. */
const LOGS = new Map([
  ['Sysmon', SYSMON],
  [SYSMON.channel, SYSMON],
  ['Sec', SECURITY],
  [SECURITY.channel, SECURITY],
])

type Names = readonly (readonly [theirs: string, ours: string])[]
const COMMAND_LINE: Names = [
  ['Cmd', 'CommandLine'],
  ['CmdLine', 'CommandLine'],
  ['Cmdline', 'CommandLine'],
]
const OF_SYSMON: Names = [
  ['Proc', 'Image'],
  ['PID', 'ProcessId'],
  ['PGUID', 'ProcessGuid'],
  ['User', 'User'],
]
const FILTERED: Names = [
  ['Proc', 'Application'],
  ['PID', 'ProcessID'],
  ['SrcIP', 'SourceAddress'],
  ['SrcPort', 'SourcePort'],
  ['TgtIP', 'DestAddress'],
  ['TgtPort', 'DestPort'],
]
/** What it calls the fields of an event, by versions (default_details.txt): one name is another field's in each. */
const SYSMON_NAMES: ReadonlyMap<number, Names> = new Map([
  [
    1,
    [
      ...COMMAND_LINE,
      ...OF_SYSMON,
      ['ParentCmd', 'ParentCommandLine'],
      ['ParentCmdline', 'ParentCommandLine'],
      ['ParentPID', 'ParentProcessId'],
      ['ParentPGUID', 'ParentProcessGuid'],
      ['LID', 'LogonId'],
    ],
  ],
  [
    3,
    [
      ...OF_SYSMON,
      ['Proto', 'Protocol'],
      ['SrcIP', 'SourceIp'],
      ['SrcPort', 'SourcePort'],
      ['TgtIP', 'DestinationIp'],
      ['TgtPort', 'DestinationPort'],
      ['TgtHost', 'DestinationHostname'],
    ],
  ],
  [5, OF_SYSMON],
  [7, [...OF_SYSMON, ['Image', 'ImageLoaded'], ['Sig', 'SignatureStatus']]],
  [22, [...OF_SYSMON, ['Query', 'QueryName'], ['Result', 'QueryResults']]],
] satisfies [number, Names][])
const SECURITY_NAMES: ReadonlyMap<number, Names> = new Map([
  [
    4688,
    [
      ...COMMAND_LINE,
      ['Path', 'NewProcessName'],
      ['Proc', 'NewProcessName'],
      ['PID', 'NewProcessId'],
      ['User', 'SubjectUserName'],
      ['LID', 'SubjectLogonId'],
    ],
  ],
  [
    4689,
    [
      ['Proc', 'ProcessName'],
      ['PID', 'ProcessId'],
    ],
  ],
  [5156, FILTERED],
  [5157, FILTERED],
] satisfies [number, Names][])

const SEPARATOR = ' ¦ '
/** No event has more fields than that. */
const MAX_FIELDS = 128

/**
 * A line of Hayabusa's timeline, which a rule found (csv-timeline, json-timeline): `Details` has fields of the event by short names, `ExtraFieldInfo` the
 * others by their own. Several rules find one event, which its identity makes one.
 */
export function liftHayabusa(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'])
  const log = LOGS.get(trimmed(fields['Channel']) ?? '')
  if (eventId === null || log === undefined) return null
  return {
    ...log,
    eventId,
    computer: trimmed(fields['Computer']),
    printed: () => ({ Timestamp: fields['Timestamp'] ?? null }),
    created: () => createdAt(fields['Timestamp']),
    recordId: text(fields['RecordID']),
    data: dataOf(fields, (log === SYSMON ? SYSMON_NAMES : SECURITY_NAMES).get(eventId) ?? []),
  }
}

/** A field has one place: what stands in the text of another and looks like it does not come before it. */
function dataOf(fields: JsonObject, names: Names): JsonObject {
  const details = pairs(fields['Details'])
  const renamed = names.flatMap(([theirs, ours]) => {
    const value = Object.hasOwn(details, theirs) ? details[theirs] : undefined
    return value === undefined ? [] : [[ours, value] as const]
  })
  const theirs = new Set(names.map(([name]) => name))
  const others = Object.entries(details).filter(([name]) => !theirs.has(name))
  return { ...Object.fromEntries(others), ...pairs(fields['ExtraFieldInfo']), ...Object.fromEntries(renamed) }
}

/** An object, or in tables one text: "Cmdline: a ¦ Proc: b". What names no field goes on with the one before. */
function pairs(value: JsonValue | undefined): JsonObject {
  const found = object(value)
  if (found !== null || typeof value !== 'string') return found ?? {}
  const all = new Map<string, string>()
  let name = ''
  for (const part of value.split(SEPARATOR, MAX_FIELDS)) {
    const [, begun, rest = ''] = /^([A-Za-z]\w{0,63}):(?: (.*))?$/s.exec(part) ?? []
    all.set(begun ?? name, begun === undefined ? `${all.get(name) ?? ''}${SEPARATOR}${part}` : rest)
    name = begun ?? name
  }
  return Object.fromEntries(all)
}

import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

/** How Hayabusa abbreviates the logs whose process creations it shows (channel_abbreviations.txt). */
const LOGS: Readonly<Record<string, string>> = {
  Sysmon: 'Microsoft-Windows-Sysmon/Operational',
  Sec: 'Security',
}

/** What it calls an event's fields, by versions, and what the event does (default_details.txt); `Proc` and `PID` are another's in each log. */
const SHARED: readonly (readonly [theirs: string, ours: string])[] = [
  ['Cmd', 'CommandLine'],
  ['CmdLine', 'CommandLine'],
  ['Cmdline', 'CommandLine'],
]
const NAMES: Readonly<Record<string, typeof SHARED>> = {
  Sysmon: [
    ...SHARED,
    ['Proc', 'Image'],
    ['PID', 'ProcessId'],
    ['PGUID', 'ProcessGuid'],
    ['ParentCmd', 'ParentCommandLine'],
    ['ParentCmdline', 'ParentCommandLine'],
    ['ParentPID', 'ParentProcessId'],
    ['ParentPGUID', 'ParentProcessGuid'],
    ['LID', 'LogonId'],
  ],
  Sec: [
    ...SHARED,
    ['Path', 'NewProcessName'],
    ['Proc', 'NewProcessName'],
    ['PID', 'NewProcessId'],
    ['User', 'SubjectUserName'],
    ['LID', 'SubjectLogonId'],
  ],
}

const SEPARATOR = ' ¦ '
/** No event has more fields than that. */
const MAX_FIELDS = 128

/**
 * A line of Hayabusa's timeline, which a rule found (csv-timeline, json-timeline): `Details` has fields of the event by short names, `ExtraFieldInfo` the
 * others by their own. Several rules find one event, which its identity makes one.
 */
export function liftHayabusa(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'])
  const log = trimmed(fields['Channel']) ?? ''
  const channel = LOGS[log]
  if (eventId === null || channel === undefined) return null
  return {
    provider: channel === 'Security' ? 'Microsoft-Windows-Security-Auditing' : 'Microsoft-Windows-Sysmon',
    channel,
    eventId,
    computer: trimmed(fields['Computer']),
    printed: () => ({ Timestamp: fields['Timestamp'] ?? null }),
    created: () => createdAt(fields['Timestamp']),
    recordId: text(fields['RecordID']),
    data: { ...pairs(fields['ExtraFieldInfo']), ...named(pairs(fields['Details']), NAMES[log] ?? SHARED) },
  }
}

function named(details: JsonObject, names: typeof SHARED): JsonObject {
  const data = { ...details }
  for (const [theirs, ours] of names) {
    const value = details[theirs]
    if (value !== undefined) data[ours] = value
  }
  return data
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

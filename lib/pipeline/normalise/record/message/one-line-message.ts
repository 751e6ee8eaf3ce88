import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { SYSMON_NAMES } from '../dialect/named-values'
import { cutByLabels, isRepeated, type Label, labelStart } from './cut-labels'

const ACCOUNT = [
  ['Security ID', 'UserSid'],
  ['Account Name', 'UserName'],
  ['Account Domain', 'DomainName'],
  ['Logon ID', 'LogonId'],
] as const
const accountOf = (role: string): Label[] =>
  ACCOUNT.map(([label, name]) => ({ label, field: `${role}${name}` }))

const titled = (...titles: readonly string[]): Label[] => titles.map((label) => ({ label, field: null }))
const named = (...pairs: readonly (readonly [label: string, field: string])[]): Label[] =>
  pairs.map(([label, field]) => ({ label, field }))

const CONNECTION: readonly Label[] = named(
  ['Process ID', 'ProcessID'],
  ['Application Name', 'Application'],
  ['Direction', 'Direction'],
  ['Source Address', 'SourceAddress'],
  ['Source Port', 'SourcePort'],
  ['Destination Address', 'DestAddress'],
  ['Destination Port', 'DestPort'],
  ['Protocol', 'Protocol'],
)
/** What a creation has before its command line, which comes last. */
const OF_PROCESS: readonly Label[] = named(
  ['New Process ID', 'NewProcessId'],
  ['New Process Name', 'NewProcessName'],
  ['Token Elevation Type', 'TokenElevationType'],
  ['Mandatory Label', 'MandatoryLabel'],
  ['Creator Process ID', 'ProcessId'],
  ['Creator Process Name', 'ParentProcessName'],
)
/** What is read of the Security log in English, of all versions. */
const SECURITY: Readonly<Record<number, readonly Label[]>> = {
  4688: [
    ...accountOf('Subject'),
    ...titled('Target Subject'),
    ...accountOf('Target'),
    ...titled('Process Information'),
    ...OF_PROCESS,
  ],
  4689: [
    ...accountOf('Subject'),
    ...titled('Process Information'),
    ...named(['Process ID', 'ProcessId'], ['Process Name', 'ProcessName'], ['Exit Status', 'Status']),
  ],
  5156: CONNECTION,
  5157: CONNECTION,
}
/** What is read of Sysmon, by event id. */
const SYSMON: ReadonlyMap<number, readonly Label[]> = new Map(
  Array.from(SYSMON_NAMES, ([eventId, names]) => [
    eventId,
    named(...names.map((name) => [name, name] as const)),
  ]),
)
/** What each has of these: one at least, and of a creation all. */
const NEEDED = ['NewProcessId', 'ProcessID', 'ProcessId'] as const
const NEEDED_OF_CREATION = ['NewProcessId', 'NewProcessName', 'TokenElevationType', 'ProcessId'] as const
const COMMAND_LINE = 'Process Command Line'
const EXPLANATION = 'Token Elevation Type indicates the type of token'
const NUMBER = /^(?:0x[0-9a-f]{1,16}|\d{1,16})$/i

/**
 * The fields of an event whose text has lost the ends of its lines, as Snare and others send it: of Sysmon's, and of the Security log's in English. Null where
 * they cannot be told: in other languages, and where a value looks like the label of another. `provider` is its own name, as `providerName` gives it.
 */
export function oneLineMessage(provider: string | null, eventId: number, message: string): JsonObject | null {
  if (provider === 'Microsoft-Windows-Sysmon') return sysmon(eventId, message)
  return provider === 'Microsoft-Windows-Security-Auditing' ? security(eventId, message) : null
}

/** What stands before a command line is told without it, which may hold any label; of the process before it, no label twice, which names of files may hold too. */
function security(eventId: number, message: string): JsonObject | null {
  const explained = message.lastIndexOf(EXPLANATION)
  const text = explained === -1 ? message : message.slice(0, explained)
  const labels = SECURITY[eventId] ?? []
  const end = eventId === 4688 ? labelStart(text, COMMAND_LINE) : -1
  const told = end === -1 ? text : text.slice(0, end)
  const values = cutByLabels(told, labels)
  if (end !== -1) values.set('CommandLine', text.slice(end + COMMAND_LINE.length + 1).trim())
  if (eventId === 4688 && !isCreation(told, values)) return null
  const ids = NEEDED.flatMap((name) => values.get(name) ?? [])
  return ids.length > 0 && ids.every((id) => NUMBER.test(id)) ? Object.fromEntries(values) : null
}

function isCreation(told: string, values: ReadonlyMap<string, string>): boolean {
  return (
    NEEDED_OF_CREATION.every((name) => values.has(name)) &&
    !OF_PROCESS.some(({ label }) => isRepeated(told, label))
  )
}

/** What a program says of itself, and its command line, may hold any of Sysmon's labels. */
function sysmon(eventId: number, message: string): JsonObject | null {
  const labels = SYSMON.get(eventId)
  if (labels === undefined || labels.some(({ label }) => isRepeated(message, label))) return null
  const fields = cutByLabels(message, labels)
  // a label that an older version does not print, and a command line does, hides those between
  if (labels.some(({ label }) => !fields.has(label) && labelStart(message, label) !== -1)) return null
  return fields.has('UtcTime') && fields.has('ProcessGuid') ? Object.fromEntries(fields) : null
}

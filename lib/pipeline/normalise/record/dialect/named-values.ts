import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { guid, text } from '../field'
import { parseTime } from '../time'

type Layout = readonly string[]

const [SUBJECT, TARGET] = ['Subject', 'Target'].map((role) =>
  ['UserSid', 'UserName', 'DomainName', 'LogonId'].map((name) => `${role}${name}`),
) as [string[], string[]]

const FILE = ['FileVersion', 'Description', 'Product', 'Company']
const BEGINNING = ['UtcTime', 'ProcessGuid', 'ProcessId', 'Image']
const CREATION_END = [
  ...['CommandLine', 'CurrentDirectory', 'User', 'LogonGuid', 'LogonId', 'TerminalSessionId'],
  ...['IntegrityLevel', 'Hashes', 'ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine'],
]
const CONNECTION = [
  ...['Protocol', 'Initiated', 'SourceIsIpv6', 'SourceIp', 'SourceHostname', 'SourcePort', 'SourcePortName'],
  ...['DestinationIsIpv6', 'DestinationIp', 'DestinationHostname', 'DestinationPort', 'DestinationPortName'],
]
const SIGNED = ['Hashes', 'Signed', 'Signature', 'SignatureStatus']
const QUERY = [
  'RuleName',
  'UtcTime',
  'ProcessGuid',
  'ProcessId',
  'QueryName',
  'QueryStatus',
  'QueryResults',
  'Image',
]
const CREATOR = ['NewProcessId', 'NewProcessName', 'TokenElevationType', 'ProcessId']
const POLICY = [
  'PolicyNameLength',
  'PolicyName',
  'RuleId',
  'RuleNameLength',
  'RuleName',
  'RuleSddlLength',
  'RuleSddl',
]
const POLICED = ['TargetUser', 'TargetProcessId', 'FilePathLength', 'FilePath', 'FileHashLength', 'FileHash']

/** The names of the values of Sysmon's events in their order, by event id; one layout a number of values, which grew with the versions. */
const SYSMON: ReadonlyMap<number, readonly Layout[]> = new Map([
  [
    1,
    [
      [...BEGINNING, ...CREATION_END],
      [...BEGINNING, ...FILE, ...CREATION_END],
      ['RuleName', ...BEGINNING, ...FILE, ...CREATION_END],
      ['RuleName', ...BEGINNING, ...FILE, 'OriginalFileName', ...CREATION_END],
      ['RuleName', ...BEGINNING, ...FILE, 'OriginalFileName', ...CREATION_END, 'ParentUser'],
    ],
  ],
  [
    3,
    [
      [...BEGINNING, 'User', ...CONNECTION],
      ['RuleName', ...BEGINNING, 'User', ...CONNECTION],
    ],
  ],
  [5, [BEGINNING, ['RuleName', ...BEGINNING], ['RuleName', ...BEGINNING, 'User']]],
  [
    7,
    [
      ['RuleName', ...BEGINNING, 'ImageLoaded', ...FILE, ...SIGNED],
      ['RuleName', ...BEGINNING, 'ImageLoaded', ...FILE, 'OriginalFileName', ...SIGNED],
      ['RuleName', ...BEGINNING, 'ImageLoaded', ...FILE, 'OriginalFileName', ...SIGNED, 'User'],
    ],
  ],
  [22, [QUERY, [...QUERY, 'User']]],
])
/** Of the Security log's 4688. */
const CREATION: readonly Layout[] = [
  [...SUBJECT, ...CREATOR],
  [...SUBJECT, ...CREATOR, 'CommandLine'],
  [...SUBJECT, ...CREATOR, 'CommandLine', ...TARGET, 'ParentProcessName', 'MandatoryLabel'],
]
const RULED = [...POLICY, ...POLICED, 'FqbnLength', 'Fqbn']
/** Windows 10 and later say the whole path too. */
const APPLOCKER: readonly Layout[] = [
  RULED,
  [...RULED, 'TargetLogonId', 'FullFilePathLength', 'FullFilePath'],
]

/**
 * An event's values, printed without their names but in their order, by the names that the provider's manifest has for them. Null where the names are
 * not known, or the values do not fit them: some collectors leave out empty ones.
 */
export function namedValues(
  provider: string | null,
  eventId: number,
  values: readonly (JsonValue | undefined)[],
): JsonObject | null {
  const names = layoutsOf(provider, eventId).find(({ length }) => length === values.length)
  if (names === undefined) return null
  const data = Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]))
  return fits(data) ? data : null
}

function layoutsOf(provider: string | null, eventId: number): readonly Layout[] {
  if (provider === 'Microsoft-Windows-AppLocker') return APPLOCKER
  if (provider === 'Microsoft-Windows-Sysmon') return SYSMON.get(eventId) ?? []
  return provider === 'Microsoft-Windows-Security-Auditing' && eventId === 4688 ? CREATION : []
}

/** The names of the values of Sysmon's events in their order, of the version that has the most, by event id. */
export const SYSMON_NAMES: ReadonlyMap<number, readonly string[]> = new Map(
  Array.from(SYSMON, ([eventId, layouts]) => [eventId, layouts.at(-1) ?? []]),
)

/** Whether Sysmon's time and its process's GUID are where they should be. */
function fits({ UtcTime: time, ProcessGuid: process, ParentProcessGuid: parent }: JsonObject): boolean {
  if (time === undefined) return true
  const isTime = parseTime(text(time) ?? '') !== null
  return isTime && [process, parent].every((id) => id === undefined || isGuid(id))
}

/** GUIDs may be all zeros. */
function isGuid(value: JsonValue): boolean {
  return guid(value) !== null || /^\{?[0-]{36}\}?$/.test(text(value) ?? '')
}

import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integer, object, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

type Field = JsonValue | undefined

/** What `ConvertTo-Json` makes of an event of `Get-WinEvent` or `Get-EventLog`: its values without their names, and its text. */
export function liftPowerShell(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Id'] ?? fields['EventID'])
  if (eventId === null) return null
  const provider = trimmed(fields['ProviderName'] ?? fields['Source'])
  const channel = trimmed(fields['LogName'])
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['MachineName']),
    created: () => createdAt(timeOf(fields['TimeCreated'] ?? fields['TimeGenerated'])),
    recordId: text(fields['RecordId'] ?? fields['Index']),
    data:
      namedValues(provider, eventId, fields['Properties'] ?? fields['ReplacementStrings']) ??
      messageData({ provider, channel }, eventId, fields['Message']),
  }
}

/** A date is a text, or in PowerShell 5 perhaps an object of a date and how it is shown. */
function timeOf(value: Field): Field {
  const shown = object(value)
  return shown === null ? value : firstText(shown['value'], shown['DateTime'])
}

const [SUBJECT, TARGET] = ['Subject', 'Target'].map((role) =>
  ['UserSid', 'UserName', 'DomainName', 'LogonId'].map((name) => `${role}${name}`),
) as [string[], string[]]

/** Sysmon 1 by the number of its values, which grew with its versions. */
const FILE = ['FileVersion', 'Description', 'Product', 'Company']
const BEGINNING = ['UtcTime', 'ProcessGuid', 'ProcessId', 'Image']
const REST = [
  ...['CommandLine', 'CurrentDirectory', 'User', 'LogonGuid', 'LogonId', 'TerminalSessionId'],
  ...['IntegrityLevel', 'Hashes', 'ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentCommandLine'],
]
const SYSMON_1: readonly (readonly string[])[] = [
  [...BEGINNING, ...REST],
  [...BEGINNING, ...FILE, ...REST],
  ['RuleName', ...BEGINNING, ...FILE, ...REST],
  ['RuleName', ...BEGINNING, ...FILE, 'OriginalFileName', ...REST],
  ['RuleName', ...BEGINNING, ...FILE, 'OriginalFileName', ...REST, 'ParentUser'],
]
const PROCESS = ['NewProcessId', 'NewProcessName', 'TokenElevationType', 'ProcessId']
const SECURITY_4688: readonly (readonly string[])[] = [
  [...SUBJECT, ...PROCESS],
  [...SUBJECT, ...PROCESS, 'CommandLine'],
  [...SUBJECT, ...PROCESS, 'CommandLine', ...TARGET, 'ParentProcessName', 'MandatoryLabel'],
]
const APPLOCKER: readonly (readonly string[])[] = [
  [
    ...[
      'PolicyNameLength',
      'PolicyName',
      'RuleId',
      'RuleNameLength',
      'RuleName',
      'RuleSddlLength',
      'RuleSddl',
    ],
    ...['TargetUser', 'TargetProcessId', 'FilePathLength', 'FilePath', 'FileHashLength', 'FileHash'],
    ...['FqbnLength', 'Fqbn'],
  ],
]
const LAYOUTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'Microsoft-Windows-Sysmon 1': SYSMON_1,
  'Microsoft-Windows-Security-Auditing 4688': SECURITY_4688,
}

const UNPRINTED = 'System.Diagnostics.Eventing.Reader.EventProperty'

/** Null where the values' names are not known, or they were not printed: at its depth limit PowerShell prints the name of a class for each. */
function namedValues(provider: string | null, eventId: number, properties: Field): JsonObject | null {
  if (!Array.isArray(properties)) return null
  const known = provider === 'Microsoft-Windows-AppLocker' ? APPLOCKER : LAYOUTS[`${provider} ${eventId}`]
  const names = known?.find(({ length }) => length === properties.length)
  const values = properties.map((property) =>
    object(property) === null ? property : object(property)?.['Value'],
  )
  if (names === undefined || values.every((value) => value === UNPRINTED)) return null
  // a security identifier is an object with its text as Value
  return Object.fromEntries(
    names.map((name, index) => [name, object(values[index])?.['Value'] ?? values[index] ?? null]),
  )
}

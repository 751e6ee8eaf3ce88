import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integer, object, only, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'
import { namedValues } from './named-values'

type Field = JsonValue | undefined

/** What `ConvertTo-Json` makes of an event of `Get-WinEvent` or `Get-EventLog`: its values without their names, and its text. */
export function liftPowerShell(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Id'] ?? fields['EventID'])
  if (eventId === null) return null
  const provider = trimmed(fields['ProviderName'] ?? fields['Source'])
  const channel = trimmed(fields['LogName'])
  const values = printedValues(fields['Properties'] ?? fields['ReplacementStrings'])
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['MachineName']),
    created: () => createdAt(timeOf(fields['TimeCreated'] ?? fields['TimeGenerated'])),
    printed: () => only(fields, 'TimeCreated', 'TimeGenerated'),
    recordId: text(fields['RecordId'] ?? fields['Index']),
    data:
      (values && namedValues(provider, eventId, values)) ??
      messageData({ provider, channel }, eventId, fields['Message']),
  }
}

/** A date is a text, or in PowerShell 5 perhaps an object of a date and how it is shown. */
function timeOf(value: Field): Field {
  const shown = object(value)
  return shown === null || shown['#text'] !== undefined ? value : firstText(shown['value'], shown['DateTime'])
}

const UNPRINTED = 'System.Diagnostics.Eventing.Reader.EventProperty'

/** Null where there is no list, or its values were not printed: at its depth limit PowerShell prints the name of a class for each. */
function printedValues(properties: Field): Field[] | null {
  if (!Array.isArray(properties)) return null
  const values = properties.map((property) => object(property)?.['Value'] ?? property)
  if (values.every((value) => value === UNPRINTED)) return null
  // a security identifier is an object with its text as Value
  return values.map((value) => object(value)?.['Value'] ?? value)
}

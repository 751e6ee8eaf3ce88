import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'
import { namedValues } from './named-values'

/**
 * An event as Fluent Bit's winevtlog and winlog inputs and Fluentd's windows_eventlog2 send it: the values without their names (`StringInserts`, Fluentd's
 * `EventData`), or by name in `EventData`, and the text. `ProcessID` is the logging service's, and the creation time is a whole second.
 */
export function liftFluent(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'])
  if (eventId === null) return null
  const provider = trimmed(fields['ProviderName'] ?? fields['SourceName'])
  const channel = trimmed(fields['Channel'])
  const values = [fields['StringInserts'], fields['EventData']].find(Array.isArray)
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['Computer'] ?? fields['ComputerName']),
    created: () => createdAt(fields['TimeCreated'], fields['TimeGenerated']),
    recordId: text(fields['EventRecordID'] ?? fields['RecordNumber']),
    data:
      object(fields['EventData']) ??
      (values && namedValues(provider, eventId, values)) ??
      messageData({ provider, channel }, eventId, fields['Message'] ?? fields['Description']),
  }
}

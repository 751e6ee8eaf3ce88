import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integer, object, objectOfJson, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

/** A row of osquery's table windows_events as it logs it: the event's element is a JSON text in `data`. */
export function liftOsqueryEvent(fields: JsonObject): WindowsRecord | null {
  const columns = object(fields['columns'])
  const eventId = integer(columns?.['eventid'])
  if (columns === null || eventId === null) return null
  const element = objectOfJson(columns['data'])
  return {
    provider: trimmed(columns['provider_name']),
    channel: trimmed(columns['source']),
    eventId,
    computer: firstText(columns['computer_name'], fields['hostIdentifier']),
    created: () => createdAt(columns['datetime'], columns['time']),
    recordId: null,
    data: object(element?.['EventData']) ?? object(element?.['UserData']) ?? {},
  }
}

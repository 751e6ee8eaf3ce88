import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAtUtc } from '../creation-time'
import { integer, object, objectOfJson, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'
import { elementData } from './element-data'

/**
 * A record of EvtxECmd (KAPE), JSON or CSV: System's fields beside its own summaries, and the event's element as a JSON text in `Payload`
 * (`{"EventData": {"Data": [{"@Name": …, "#text": …}, …]}}` or `{"UserData": {…}}`). Its `ProcessId` is the logging service's. Times are UTC.
 */
export function liftEvtxECmd(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventId'])
  if (eventId === null) return null
  const provider = trimmed(fields['Provider'])
  return {
    provider,
    channel: trimmed(fields['Channel']),
    eventId,
    computer: trimmed(fields['Computer']),
    created: () => createdAtUtc(fields['TimeCreated']),
    recordId: text(fields['EventRecordId']),
    data: payload(objectOfJson(fields['Payload']), provider, eventId),
  }
}

function payload(element: JsonObject | null, provider: string | null, eventId: number): JsonObject {
  const eventData = object(element?.['EventData'])
  if (eventData !== null) return elementData(eventData, provider, eventId)
  const children = Object.values(object(element?.['UserData']) ?? {}).map(object)
  return children.find((child) => child !== null) ?? {}
}

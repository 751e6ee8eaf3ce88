import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** The body of the OpenTelemetry Collector's windowseventlog receiver: `event_data` is a map of the fields, or in its `data` a list of maps of one. */
export function liftOpenTelemetry(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(object(fields['event_id'])?.['id'])
  if (eventId === null) return null
  const provider = trimmed(object(fields['provider'])?.['name'])
  const channel = trimmed(fields['channel'])
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['computer']),
    created: () => createdAt(fields['system_time']),
    recordId: text(fields['record_id']),
    data:
      eventData(object(fields['event_data'])) ??
      messageData({ provider, channel }, eventId, fields['message']),
  }
}

function eventData(data: JsonObject | null): JsonObject | null {
  const list: JsonValue | undefined = data?.['data']
  if (!Array.isArray(list)) return data
  return Object.fromEntries(list.flatMap((one) => Object.entries(object(one) ?? {})))
}

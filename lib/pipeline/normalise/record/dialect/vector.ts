import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** An event of Vector's windows_event_log source, whose sink for data streams renames the time: `event_data` holds the fields, `user_data` those of the controls' logs. */
export function liftVector(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['event_id'])
  if (eventId === null) return null
  const provider = trimmed(fields['provider_name'])
  const channel = trimmed(fields['channel'])
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['computer']),
    created: () => createdAt(fields['timestamp'], fields['@timestamp']),
    recordId: text(fields['record_id']),
    data:
      object(fields['event_data']) ??
      object(fields['user_data']) ??
      messageData({ provider, channel }, eventId, fields['message']),
  }
}

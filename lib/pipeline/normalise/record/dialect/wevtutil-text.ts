import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, only, trimmed } from '../field'
import { messageData, providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** An event as `wevtutil qe LOG /f:text` prints it, by the names that `parseWevtutilText` gives its lines. */
export function liftWevtutilText(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Event ID'])
  if (eventId === null) return null
  const provider = providerName(trimmed(fields['Source']))
  const channel = trimmed(fields['Log Name'])
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['Computer']),
    created: () => createdAt(fields['Date']),
    printed: () => only(fields, 'Date'),
    recordId: null,
    data: messageData({ provider, channel }, eventId, fields['Description']),
  }
}

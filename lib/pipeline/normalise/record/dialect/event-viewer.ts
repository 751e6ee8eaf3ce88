import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { DateOrder } from '@/lib/pipeline/parse/date-order'
import { integer, only, text, trimmed } from '../field'
import { messageData, providerName } from '../message/read-message'
import { parseTime } from '../time'
import type { WindowsRecord } from '../windows-record'

/** A row of Event Viewer's CSV or text export, as `parseEventViewer` names its columns. It names no host, and dates are local and as its language has them. */
export function liftEventViewer(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Event ID'])
  if (eventId === null) return null
  const provider = providerName(trimmed(fields['Source']))
  const printed = text(fields['Date and Time']) ?? ''
  const time = parseTime(printed, orderOf(fields['DateOrder']))
  return {
    provider,
    channel: null,
    eventId,
    computer: null,
    created: () => (time === null ? null : { time, source: 'zone-unknown' }),
    printed: () => only(fields, 'Date and Time'),
    recordId: null,
    data: messageData({ provider, channel: null }, eventId, fields['Message']),
  }
}

function orderOf(value: JsonValue | undefined): DateOrder {
  return value === 'day-month' || value === 'month-day' ? value : 'unknown'
}

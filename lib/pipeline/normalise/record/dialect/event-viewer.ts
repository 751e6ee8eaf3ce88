import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { DateOrder } from '@/lib/pipeline/parse/date-order'
import { isRefuted } from '../creation-time'
import { integer, text, trimmed } from '../field'
import { messageData, providerName } from '../message/read-message'
import { parseTime } from '../time'
import type { WindowsRecord } from '../windows-record'

/** A row of Event Viewer's CSV or text export, as `parseEventViewer` names its columns. It names a host only where somebody shows that column, and dates are local and as its language has them. */
export function liftEventViewer(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Event ID'])
  if (eventId === null) return null
  const provider = providerName(trimmed(fields['Source']))
  const printed = text(fields['Date and Time']) ?? ''
  const cell = { '#text': printed, DateOrder: fields['DateOrder'] ?? 'unknown' }
  const time = isRefuted(cell) ? null : parseTime(printed, orderOf(cell.DateOrder))
  return {
    provider,
    channel: null,
    eventId,
    // a column that somebody shows too
    computer: trimmed(fields['Computer']),
    created: () => (time === null ? null : { time, source: 'zone-unknown' }),
    printed: () => ({ 'Date and Time': cell }),
    recordId: null,
    data: messageData({ provider, channel: null }, eventId, fields['Message']),
  }
}

function orderOf(value: JsonValue): DateOrder {
  return value === 'day-month' || value === 'month-day' ? value : 'unknown'
}

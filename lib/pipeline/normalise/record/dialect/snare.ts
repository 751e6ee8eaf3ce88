import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, text, trimmed } from '../field'
import { oneLineMessage } from '../message/one-line-message'
import { providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** Fri Mar 01 09:15:39 2024 */
const DATE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d{4})$/

const LOST_LINES =
  'the text of the event has lost the ends of its lines, and its values cannot be told from each other (they can in English, where no value looks like a label): send events as JSON, or export the log itself (wevtutil epl LOG FILE)'

/** An event as Snare sends it, by the names of its columns. Its time is the host's, without a zone. */
export function liftSnare(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['EventID'])
  if (eventId === null) return null
  const provider = providerName(trimmed(fields['SourceName']))
  const data = oneLineMessage(provider, eventId, text(fields['ExpandedString']) ?? '')
  return {
    provider,
    channel: trimmed(fields['LogName']),
    eventId,
    computer: trimmed(fields['ComputerName']),
    created: () => createdAt(dateOf(fields)),
    printed: () => ({ DateTime: fields['DateTime'] ?? null }),
    // Snare's own counter begins anew
    recordId: null,
    data: data ?? {},
    ...(data === null && { unread: LOST_LINES }),
  }
}

function dateOf({ DateTime: printed }: JsonObject): string | null {
  const [, month, day, time, year] = DATE.exec(trimmed(printed) ?? '') ?? []
  return year === undefined ? trimmed(printed) : `${month} ${day} ${year} ${time}`
}

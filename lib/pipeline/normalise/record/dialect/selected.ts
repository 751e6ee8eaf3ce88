import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, only, text } from '../field'
import type { WindowsRecord } from '../windows-record'

const TIMES = [
  'TimeCreated',
  'SystemTime',
  'TimeGenerated',
  '_time',
  'Timestamp',
  '@timestamp',
  'UtcTime',
] as const

/**
 * Columns that somebody selected of an event, without its id: of Sysmon's events only a creation has an image and its parent's, and of the Security
 * log's only one a new process.
 */
export function liftSelected(fields: JsonObject): WindowsRecord | null {
  const eventId = idOf(fields)
  if (eventId === null) return null
  return {
    provider: null,
    channel: null,
    eventId,
    computer:
      firstText(fields['Computer'], fields['ComputerName'], fields['dest'], fields['host'])?.trim() || null,
    printed: () => only(fields, ...TIMES),
    created: () => createdAt(...TIMES.map((name) => fields[name])),
    recordId: null,
    data: fields,
  }
}

function idOf(fields: JsonObject): number | null {
  if (fields['CommandLine'] === undefined) return null
  if (text(fields['Image']) !== null && fields['ParentImage'] !== undefined) return 1
  return text(fields['NewProcessName']) === null ? null : 4688
}

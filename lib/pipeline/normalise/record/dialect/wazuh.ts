import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { integer, object, objectOfJson, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'

/**
 * What Wazuh writes of an event of its channel reader (alerts.json, archives.json): `data.win.system` and beside it the event's fields, their names
 * with a small first letter; where no decoder of its read the event, the same is the text `full_log`. `agent` is who sent it; a forwarded event's computer is in `system`.
 */
export function liftWazuh(fields: JsonObject): WindowsRecord | null {
  const win = object((object(fields['data']) ?? object(objectOfJson(fields['full_log'])))?.['win'])
  const system = object(win?.['system'])
  const eventId = integer(system?.['eventID'])
  if (win === null || system === null || eventId === null) return null
  const { system: _, ...sections } = win
  return {
    provider: trimmed(system['providerName']),
    channel: trimmed(system['channel']),
    eventId,
    // a table of chosen columns may have only what Wazuh says of who sent it, and when that came
    computer: trimmed(system['computer']) ?? trimmed(object(fields['agent'])?.['name']),
    created: () => createdAt(system['systemTime'], fields['timestamp']),
    printed: () => ({ systemTime: system['systemTime'] ?? null, timestamp: fields['timestamp'] ?? null }),
    recordId: text(system['eventRecordID']),
    // eventdata, or of UserData the one element that holds the fields
    data: named(object(sections['eventdata']) ?? Object.values(sections).map(object).find(Boolean) ?? {}),
  }
}

function named(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      unescaped(value),
    ]),
  )
}

/** Wazuh escapes values once more than JSON asks for: where each backslash and quote is escaped. */
const ESCAPED = /^(?:[^\\"]|\\[\\"])*$/

function unescaped(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !value.includes('\\') || !ESCAPED.test(value)) return value
  return value.replaceAll(/\\([\\"])/g, '$1')
}

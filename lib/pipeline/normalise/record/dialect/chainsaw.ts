import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { readYaml } from '@/lib/pipeline/parse/yaml'
import { createdAt } from '../creation-time'
import { integer, object, only, text, trimmed } from '../field'
import { providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** Command lines are shorter, and more of hostile text would take long. */
const MAX_YAML = 40_000
const MAX_DEPTH = 12

const UNREAD =
  '“Event Data” is not as Chainsaw writes it: export its findings as JSON (chainsaw hunt … --json)'

/** A row of Chainsaw's tables (hunt --csv): an event that a rule found, its values as YAML. Several rules find one event, which its identity makes one. */
export function liftChainsaw(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Event ID'])
  if (eventId === null) return null
  const data = dataOf(text(fields['Event Data']) ?? '')
  return {
    provider: providerName(trimmed(fields['Event.System.Provider'])),
    channel: trimmed(fields['Channel']),
    eventId,
    computer: trimmed(fields['Computer']),
    created: () => createdAt(fields['timestamp']),
    printed: () => only(fields, 'timestamp'),
    recordId: text(fields['Record ID']),
    data: data ?? {},
    ...(data === null && { unread: UNREAD }),
  }
}

function dataOf(yaml: string): JsonObject | null {
  if (yaml.length > MAX_YAML) return null
  const { values } = readYaml(yaml, MAX_DEPTH)
  return values === null || values.length !== 1 ? null : object(values[0] as JsonValue)
}

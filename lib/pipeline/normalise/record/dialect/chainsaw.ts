import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { readYamlFields } from '@/lib/pipeline/parse/yaml-fields'
import { createdAt } from '../creation-time'
import { integer, only, text, trimmed } from '../field'
import { providerName } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

const UNREAD =
  '“Event Data” is not as Chainsaw writes it: export its findings as JSON (chainsaw hunt … --json)'

/** A row of Chainsaw's tables (hunt --csv): an event that a rule found, its values as YAML. Several rules find one event, which its identity makes one. */
export function liftChainsaw(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['Event ID'])
  if (eventId === null) return null
  const data = readYamlFields(text(fields['Event Data']) ?? '')
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

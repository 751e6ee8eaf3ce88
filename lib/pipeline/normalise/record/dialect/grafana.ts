import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { eventDataOfXml } from '../event-xml'
import { integer, text, trimmed } from '../field'
import { messageData } from '../message/read-message'
import type { WindowsRecord } from '../windows-record'

/** A line of Grafana Alloy's and Promtail's event log sources: `event_data` is XML without its root, and may be left out. */
export function liftGrafana(fields: JsonObject): WindowsRecord | null {
  const eventId = integer(fields['event_id'])
  if (eventId === null) return null
  const provider = trimmed(fields['source'])
  const channel = trimmed(fields['channel'])
  const xml = fields['event_data']
  return {
    provider,
    channel,
    eventId,
    computer: trimmed(fields['computer']),
    created: () => createdAt(fields['timeCreated']),
    recordId: text(fields['eventRecordID']),
    data:
      typeof xml === 'string'
        ? eventDataOfXml(xml)
        : messageData({ provider, channel }, eventId, fields['message']),
  }
}

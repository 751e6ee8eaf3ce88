import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import type { Host } from '../fleet'
import { isoTime } from './timestamp'

type EventHead = {
  eventId: number
  channel: string
  provider: string
  providerGuid: string
  task: string
  version: number
  recordId: number
  atMs: number
}

const VERSION = '7.17.9'

/** A winlogbeat 7 document as shipped, before any ingest pipeline: the fields stay under winlog.event_data. */
export function winlogbeatDocument(host: Host, head: EventHead, eventData: JsonObject): JsonObject {
  const timestamp = isoTime(head.atMs)
  return {
    '@timestamp': timestamp,
    event: {
      code: String(head.eventId),
      kind: 'event',
      provider: head.provider,
      action: head.task,
      created: timestamp,
    },
    host: { name: host.name },
    agent: { type: 'winlogbeat', version: VERSION, hostname: host.shortName },
    ecs: { version: '1.12.0' },
    log: { level: 'information' },
    winlog: {
      api: 'wineventlog',
      channel: head.channel,
      computer_name: host.name,
      event_data: eventData,
      event_id: String(head.eventId),
      opcode: 'Info',
      provider_guid: head.providerGuid,
      provider_name: head.provider,
      record_id: head.recordId,
      task: head.task,
      version: head.version,
    },
  }
}

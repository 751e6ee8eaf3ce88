import type { EventTime, TimeSource } from '@/lib/pipeline/event/event'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'

/** One event of a Windows event log, whatever program rendered it. */
export type WindowsRecord = {
  provider: string | null
  channel: string | null
  eventId: number
  /** The machine the event happened on, not the one that collected it. */
  computer: string | null
  /** When the log took it in. Read only when asked for: Sysmon's own time comes first. */
  created: () => CreationTime | null
  /** The fields that `created` looks for a time in, by name, where that is not beside the event's own. Asked for only where there is none. */
  printed?: () => JsonObject
  recordId: string | null
  /** The event's own fields; for a control's event those of UserData. */
  data: JsonObject
  /** Why the event's own fields cannot be told, where that is so: whatever is read of them is rejected with that. */
  unread?: string
}

/** When the event was written, and whether the record itself proved that the exporter shifted it. */
export type CreationTime = { time: EventTime; source: TimeSource }

import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { liftEventElement } from './dialect/event-element'
import { liftFlat } from './dialect/flat'
import { liftWinlogbeat6, liftWinlogbeat7 } from './dialect/winlogbeat'
import { object } from './field'
import type { WindowsRecord } from './windows-record'

/** The Windows event a record is, by the dialect its keys show; null where it is none that is known. */
export function liftWindowsRecord(fields: JsonObject): WindowsRecord | null {
  if (object(fields['System']) !== null || object(fields['Event']) !== null) return liftEventElement(fields)
  if (object(fields['winlog']) !== null || object(fields['event']) !== null) return liftWinlogbeat7(fields)
  if (fields['event_id'] !== undefined && fields['computer_name'] !== undefined)
    return liftWinlogbeat6(fields)
  return liftFlat(fields)
}

/** The record itself, taken out of what Elasticsearch's and Azure's exports put around it. */
export function unwrap(fields: JsonObject): JsonObject {
  return (
    object(fields['_source']) ??
    (fields['category'] === undefined ? null : object(fields['properties'])) ??
    fields
  )
}

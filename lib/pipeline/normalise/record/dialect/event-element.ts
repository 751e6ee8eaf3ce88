import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { createdAt } from '../creation-time'
import { firstText, integer, object, text, trimmed } from '../field'
import type { WindowsRecord } from '../windows-record'
import { elementData } from './element-data'

type Field = JsonValue | undefined

/**
 * The Event element as our EVTX reader gives it (`{System, EventData, UserData}`, texts only) and as evtx_dump and its relatives print it
 * (`{Event: {System: {Provider: {"#attributes": {Name}}, …}}}`),
 * Velociraptor among them (`{System: {EventID: {Value}, …}}`, times as seconds since 1970), and what programs make of its XML (`{Event: {EventData: {Data: […]}}}`).
 */
export function liftEventElement(fields: JsonObject): WindowsRecord | null {
  const event = object(fields['Event']) ?? fields
  const system = object(event['System'])
  const eventId = integer(object(system?.['EventID'])?.['Value'] ?? system?.['EventID'])
  if (system === null || eventId === null) return null
  const provider = trimmed(named(system['Provider'], 'Name'))
  const eventData = object(event['EventData'])
  return {
    provider,
    channel: trimmed(system['Channel']),
    eventId,
    computer: trimmed(system['Computer']),
    created: () => createdAt(named(system['TimeCreated'], 'SystemTime')),
    printed: () => ({ TimeCreated: named(system['TimeCreated'], 'SystemTime') ?? null }),
    recordId: text(system['EventRecordID']),
    data:
      // our own readers have the fields by name
      (event === fields ? eventData : eventData && elementData(eventData, provider, eventId)) ??
      userData(object(event['UserData'])) ??
      {},
  }
}

/** An element's attribute, which some print as the element itself. */
function named(element: Field, attribute: string): Field {
  const attributes = object(object(element)?.['#attributes']) ?? object(element)
  return attributes === null ? element : firstText(attributes[attribute], attributes[`@${attribute}`])
}

/** UserData has one child that holds the fields: `{RuleAndFileData: {…}}`. */
function userData(element: JsonObject | null): JsonObject | null {
  if (element === null) return null
  const children = Object.values(element).map(object)
  return children.find((child) => child !== null) ?? element
}

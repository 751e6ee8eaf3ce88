import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { firstText, object } from '../field'
import { namedValues } from './named-values'

/**
 * The fields of an EventData element where a program made objects of its XML: in `Data` a list of names and texts, the fields by name (Datadog's agent), or
 * a list of texts only, whose names are told by their order. Any other is as it is.
 */
export function elementData(element: JsonObject, provider: string | null, eventId: number): JsonObject {
  const data = element['Data']
  if (typeof data !== 'object' || data === null) return element
  if (!Array.isArray(data) && !isElement(data)) return data
  const texts = Array.isArray(data) ? data : data['#text']
  const list = Array.isArray(texts) ? texts : [data]
  const named = list.flatMap(namedText)
  return named.length > 0 ? Object.fromEntries(named) : (namedValues(provider, eventId, list) ?? element)
}

/** Whether an object is a Data element, or a list of them, and not the fields by name. */
function isElement(data: JsonObject): boolean {
  return Object.keys(data).every((key) => key === 'Name' || key.startsWith('@') || key.startsWith('#'))
}

/** `{"@Name": …, "#text": …}`, or the name among attributes; nothing where there is no name. */
function namedText(entry: JsonValue): [string, JsonValue][] {
  const one = object(entry)
  const name = firstText(one?.['@Name'], one?.['Name'], object(one?.['#attributes'])?.['Name'])
  return name === null ? [] : [[name, one?.['#text'] ?? null]]
}

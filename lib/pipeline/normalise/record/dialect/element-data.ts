import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { firstText, object } from '../field'
import { namedValues } from './named-values'

/**
 * The fields of an EventData element where a program made objects of its XML: in `Data` a list of names and texts, or of texts only, whose names are told by
 * their order. Any other is as it is.
 */
export function elementData(element: JsonObject, provider: string | null, eventId: number): JsonObject {
  const data = element['Data']
  if (typeof data !== 'object' || data === null) return element
  const texts = Array.isArray(data) ? data : data['#text']
  const list = Array.isArray(texts) ? texts : [data]
  const named = list.flatMap(namedText)
  return named.length > 0 ? Object.fromEntries(named) : (namedValues(provider, eventId, list) ?? element)
}

/** `{"@Name": …, "#text": …}`, or the name among attributes; nothing where there is no name. */
function namedText(entry: JsonValue): [string, JsonValue][] {
  const one = object(entry)
  const name = firstText(one?.['@Name'], one?.['Name'], object(one?.['#attributes'])?.['Name'])
  return name === null ? [] : [[name, one?.['#text'] ?? null]]
}

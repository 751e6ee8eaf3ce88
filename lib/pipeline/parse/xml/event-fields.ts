import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { XmlElement } from './read-element'

/** Attributes whose own name says too little once flattened; others keep their name. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Provider Name', 'Provider'],
  ['Provider Guid', 'ProviderGuid'],
  ['TimeCreated SystemTime', 'TimeCreated'],
])

/** Printed with nine digits, of which the clock fills seven. */
const NANOSECONDS = /(\.\d{7})\d+Z$/

type EventFields = JsonObject & { System: Record<string, string> }

/** The fields of an Event element, in the shape that `parseEvtx` documents; null where it has no System. */
export function eventFields(event: XmlElement): EventFields | null {
  const system = event.children.find(({ name }) => name === 'System')
  if (system === undefined) return null
  const fields: EventFields = { System: systemFields(system), EventData: null, UserData: null }
  for (const child of event.children)
    if (child.name === 'EventData') fields['EventData'] = dataFields(child)
    else if (child.name !== 'System') fields[safeKey(child.name)] = elementValue(child)
  return fields
}

function systemFields({ children }: XmlElement): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { name, attributes, text } of children) {
    for (const attribute of attributes) {
      const key = KEYS.get(`${name} ${attribute.name}`) ?? safeKey(attribute.name)
      if (attribute.value !== '') fields[key] = withoutNanoseconds(key, attribute.value)
    }
    const content = text.trim()
    if (content !== '') fields[safeKey(name)] = content
  }
  return fields
}

function withoutNanoseconds(key: string, value: string): string {
  return key === 'TimeCreated' ? value.replace(NANOSECONDS, '$1Z') : value
}

/** By each Data's Name, else its element's name; what comes again gets its ordinal. */
function dataFields({ children, text }: XmlElement): JsonObject {
  const fields: JsonObject = {}
  const ordinals = new Map<string, number>()
  if (text.trim() !== '') fields['#text'] = text
  for (const child of children) {
    const name = child.attributes.find((attribute) => attribute.name === 'Name')
    const attributes = name === undefined ? child.attributes : child.attributes.filter((a) => a !== name)
    const key = freeKey(fields, ordinals, safeKey(name?.value || child.name))
    fields[key] =
      attributes.length === 0 && child.children.length === 0
        ? child.text
        : elementValue({ ...child, attributes })
  }
  return fields
}

function freeKey(fields: JsonObject, ordinals: Map<string, number>, name: string): string {
  if (!Object.hasOwn(fields, name)) return name
  let ordinal = ordinals.get(name) ?? 2
  while (Object.hasOwn(fields, `${name}${ordinal}`)) ordinal++
  ordinals.set(name, ordinal + 1)
  return `${name}${ordinal}`
}

/** An element with text only is its text; any other an object of its attributes, children (an array where a name repeats) and "#text". */
function elementValue({ attributes, children, text }: XmlElement): JsonValue {
  if (attributes.length === 0 && children.length === 0) return text
  const fields: JsonObject = {}
  for (const { name, value } of attributes) fields[safeKey(name)] = value
  for (const child of children) addRepeatable(fields, safeKey(child.name), elementValue(child))
  if (text.trim() !== '') fields['#text'] = text
  return fields
}

function addRepeatable(fields: JsonObject, name: string, value: JsonValue): void {
  const there = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (there === undefined) fields[name] = value
  else if (Array.isArray(there)) there.push(value)
  else fields[name] = [there, value]
}

/** "__proto__" would be lost or change the object. */
function safeKey(name: string): string {
  return name === '__proto__' ? '[__proto__]' : name
}

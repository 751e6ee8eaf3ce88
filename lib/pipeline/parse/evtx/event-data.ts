import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { Element, Node, Values } from './binxml-node'
import { elementsIn, elementValues, type Filled, isSlot, plainText, textOf } from './binxml-render'
import { type Chunk, safeKey } from './chunk'

/** `<Data Name="key">slot</Data>` */
type Field = { key: string; slot: number }

/**
 * The fields of EventData elements that consist of such children with different names; null for others.
 * Made once for each element and kept as long as its chunk's templates.
 */
const PLANS = new WeakMap<Element, Field[] | null>()

/**
 * The fields of an EventData element by name: a child's key is its Name attribute, or its element's name where it has none
 * (`<Data>`, `<Binary>`). A key that comes again gets its ordinal: "Data", "Data2", "Data3". Text directly in EventData is "#text".
 * Values are texts, or nested objects for the rare child with elements of its own. Throws Damage.
 */
export function eventDataFields(chunk: Chunk, filled: Filled): JsonObject {
  const { element, values } = filled
  const known = PLANS.get(element)
  const plan = known === undefined ? planOf(element) : known
  if (known === undefined) PLANS.set(element, plan)
  return (plan === null ? null : replay(chunk, plan, values)) ?? anyFields(chunk, filled)
}

/** Almost every event: known keys, one plain value each. Null when a value turns out not to be plain. */
function replay(chunk: Chunk, plan: Field[], values: Values): JsonObject | null {
  const fields: JsonObject = {}
  for (const { key, slot } of plan) {
    const text = plainText(chunk, slot, values)
    if (text === null) return null
    fields[key] = text
  }
  return fields
}

function planOf(element: Element): Field[] | null {
  const fields = element.content.map(fieldOf).filter((field) => field !== null)
  const keys = new Set(fields.map(({ key }) => key))
  return keys.size === element.content.length ? fields : null
}

function fieldOf(node: Node): Field | null {
  if (typeof node === 'string' || node.kind !== 'element') return null
  const [value] = node.content
  const [name] = node.attributes
  const [key] = name?.parts ?? []
  const isPlain = node.content.length === 1 && node.attributes.length === 1 && name?.parts.length === 1
  if (!isPlain || name?.name !== 'Name' || typeof key !== 'string') return null
  return value !== undefined && isSlot(value) ? { key: safeKey(key), slot: value.index } : null
}

function anyFields(chunk: Chunk, { element, values }: Filled): JsonObject {
  const fields: JsonObject = {}
  const ordinals = new Map<string, number>()
  const put = (name: string, value: JsonValue) => {
    let ordinal = (ordinals.get(name) ?? 0) + 1
    let key = ordinal === 1 ? name : `${name}${ordinal}`
    while (Object.hasOwn(fields, key)) key = `${name}${++ordinal}`
    ordinals.set(name, ordinal)
    fields[key] = value
  }
  const text = textOf(chunk, element.content, values)
  if (text.trim() !== '') put('#text', text)
  for (const child of elementsIn(chunk, element.content, values)) {
    const name = child.element.attributes.find((attribute) => attribute.name === 'Name')
    const key = name === undefined ? '' : safeKey(textOf(chunk, name.parts, child.values))
    for (const value of elementValues(chunk, withoutName(child)))
      put(key === '' ? child.element.name : key, value)
  }
  return fields
}

/** The Name attribute has become the key; other attributes stay part of the value. */
function withoutName({ element, values }: Filled): Filled {
  const attributes = element.attributes.filter(({ name }) => name !== 'Name')
  return attributes.length === element.attributes.length
    ? { element, values }
    : { element: { ...element, attributes }, values }
}

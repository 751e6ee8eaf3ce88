import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { DataPlan, Element } from './binxml-node'
import { elementsIn, elementValues, type Filled, isSlot, plainText, textOf } from './binxml-render'
import { type Chunk, safeKey } from './chunk'

/**
 * The fields of an EventData element by name: a child's key is its Name attribute, or its element's name where it has none
 * (`<Data>`, `<Binary>`). A key that comes again gets its ordinal: "Data", "Data2", "Data3". Text directly in EventData is "#text".
 * Values are texts, or nested objects for the rare child with elements of its own. Throws Damage.
 */
export function eventDataFields(chunk: Chunk, filled: Filled): JsonObject {
  const { element, values } = filled
  if (element.data === undefined) element.data = planOf(element)
  return (
    (element.data === null ? null : replay(chunk, element.data, filled)) ??
    anyFields(chunk, { element, values })
  )
}

/** Almost every event: known keys, one plain value each. Null when a value turns out not to be plain. */
function replay(chunk: Chunk, plan: DataPlan, { values }: Filled): JsonObject | null {
  const fields: JsonObject = {}
  for (let index = 0; index < plan.slots.length; index++) {
    const text = plainText(chunk, plan.slots[index] ?? 0, values)
    if (text === null) return null
    fields[plan.keys[index] ?? ''] = text
  }
  return fields
}

function planOf(element: Element): DataPlan | null {
  const plan: DataPlan = { keys: [], slots: [] }
  for (const node of element.content) {
    if (typeof node === 'string' || node.kind !== 'element') return null
    const [only] = node.content
    const [name] = node.attributes
    const key = name?.parts.length === 1 && name.name === 'Name' ? name.parts[0] : undefined
    if (node.attributes.length !== 1 || typeof key !== 'string') return null
    if (node.content.length !== 1 || only === undefined || !isSlot(only)) return null
    plan.keys.push(safeKey(key))
    plan.slots.push(only.index)
  }
  return new Set(plan.keys).size === plan.keys.length ? plan : null
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

import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { Element, Program, Values } from './binxml-node'
import { sourceOf } from './binxml-program'
import { elementsIn, elementValues, type Filled, plainText, textOf } from './binxml-render'
import { type Chunk, charge, safeKey } from './chunk'

/**
 * The fields of an EventData element by name: a child's key is its Name attribute, or its element's name where it has none
 * (`<Data>`, `<Binary>`). A key that comes again gets its ordinal: "Data", "Data2", "Data3". Text directly in EventData is "#text".
 * Values are texts, or nested objects for the rare child with elements of its own. Throws Damage.
 */
export function eventDataFields(chunk: Chunk, filled: Filled): JsonObject {
  const { element, values } = filled
  if (element.program === undefined) element.program = compile(element)
  return (
    (element.program === null ? null : replay(chunk, element.program, values)) ?? anyFields(chunk, filled)
  )
}

/** Almost every event: known keys, one plain value each. Null when a value turns out not to be plain. */
function replay(chunk: Chunk, { keys, sources }: Program, values: Values): JsonObject | null {
  const fields: JsonObject = {}
  for (let index = 0; index < keys.length; index++) {
    const source = sources[index]
    const text = typeof source === 'number' ? plainText(chunk, source, values) : literal(chunk, source)
    if (text === null) return null
    fields[keys[index] ?? ''] = text
  }
  return fields
}

function literal(chunk: Chunk, source: Program['sources'][number] | undefined): string | null {
  if (typeof source !== 'string') return null
  charge(chunk, source.length + 1)
  return source
}

/** The program of an EventData element that consists of children with one literal or value each; null for others. */
function compile({ content }: Element): Program | null {
  const program: Program = { keys: [], sources: [] }
  const taken = new Set<string>()
  const nextKey = keyGiver((key) => taken.has(key))
  for (const child of content) {
    if (typeof child === 'string' || child.kind !== 'element') return null
    const [name] = child.attributes
    const given = name === undefined ? '' : sourceOf(name.parts)
    const source = sourceOf(child.content)
    const isPlain = child.attributes.length === 0 || (child.attributes.length === 1 && name?.name === 'Name')
    if (!isPlain || typeof given !== 'string' || typeof source === 'object') return null
    const key = nextKey(given === '' ? child.name : safeKey(given))
    taken.add(key)
    program.keys.push(key)
    program.sources.push(source)
  }
  return program
}

/** Gives each name its key: itself, or with its ordinal when it comes again. */
function keyGiver(isTaken: (key: string) => boolean): (name: string) => string {
  const ordinals = new Map<string, number>()
  return (name) => {
    let ordinal = (ordinals.get(name) ?? 0) + 1
    let key = ordinal === 1 ? name : `${name}${ordinal}`
    while (isTaken(key)) key = `${name}${++ordinal}`
    ordinals.set(name, ordinal)
    return key
  }
}

function anyFields(chunk: Chunk, { element, values }: Filled): JsonObject {
  const fields: JsonObject = {}
  const nextKey = keyGiver((key) => Object.hasOwn(fields, key))
  const put = (name: string, value: JsonValue) => {
    fields[nextKey(name)] = value
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

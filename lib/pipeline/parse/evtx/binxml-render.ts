import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import type { Element, Node, Slot, Values } from './binxml-node'
import { parseFragment } from './binxml-parser'
import { ARRAY_FLAG, arrayTexts, BINXML_TYPE, NULL_TYPE, valueText } from './binxml-value'
import { type Chunk, charge } from './chunk'
import { Damage } from './damage'

/** Fragments within fragments within values: deeper than any event. */
const DEPTH = 64

/** An element together with the values that fill its slots. */
export type Filled = { element: Element; values: Values }

function typeOf(chunk: Chunk, slot: number, values: Values): number {
  return slot < values.starts.length ? chunk.view.getUint8(values.table + 4 * slot + 2) : NULL_TYPE
}

function sizeOf(chunk: Chunk, slot: number, values: Values): number {
  return slot < values.starts.length ? chunk.view.getUint16(values.table + 4 * slot, true) : 0
}

/** A slot's value where it is one plain value; null where it is an array or embedded binary XML. A slot without value is "". */
export function plainText(chunk: Chunk, slot: number, values: Values): string | null {
  const type = typeOf(chunk, slot, values)
  if (type === BINXML_TYPE || type >= ARRAY_FLAG) return null
  return valueText(chunk, type, values.starts[slot] ?? 0, sizeOf(chunk, slot, values))
}

function fragmentIn(chunk: Chunk, slot: number, values: Values): Node[] {
  const at = values.starts[slot] ?? 0
  return parseFragment(chunk, at, at + sizeOf(chunk, slot, values))
}

function arrayIn(chunk: Chunk, slot: number, values: Values): string[] {
  const type = typeOf(chunk, slot, values) & ~ARRAY_FLAG
  return arrayTexts(chunk, type, values.starts[slot] ?? 0, sizeOf(chunk, slot, values))
}

/** All text directly in these nodes (not in child elements). Throws Damage. */
export function textOf(chunk: Chunk, nodes: Node[], values: Values, depth = 0): string {
  const [first] = nodes
  // Nearly every element and attribute is one literal or one slot.
  if (nodes.length === 1 && first !== undefined) return textOfNode(chunk, first, values, depth)
  let text = ''
  for (const node of nodes) text += textOfNode(chunk, node, values, depth)
  return text
}

function textOfNode(chunk: Chunk, node: Node, values: Values, depth: number): string {
  if (depth > DEPTH) throw new Damage('values nested too deep')
  if (typeof node === 'string') {
    charge(chunk, node.length + 1)
    return node
  }
  if (node.kind === 'element') return ''
  if (node.kind === 'instance') return textOf(chunk, node.template.nodes, node.values, depth + 1)
  const text = plainText(chunk, node.index, values)
  if (text !== null) return text
  if (typeOf(chunk, node.index, values) !== BINXML_TYPE) return arrayIn(chunk, node.index, values).join(', ')
  return textOf(chunk, fragmentIn(chunk, node.index, values), values, depth + 1)
}

/** The elements among these nodes, looking into template instances and embedded fragments. Throws Damage. */
export function elementsIn(chunk: Chunk, nodes: Node[], values: Values, depth = 0): Filled[] {
  const found: Filled[] = []
  collect(chunk, nodes, values, depth, found)
  return found
}

function collect(chunk: Chunk, nodes: Node[], values: Values, depth: number, found: Filled[]): void {
  if (depth > DEPTH) throw new Damage('values nested too deep')
  for (const node of nodes) {
    if (typeof node === 'string') continue
    charge(chunk, 1)
    if (node.kind === 'element') found.push({ element: node, values })
    else if (node.kind === 'instance') collect(chunk, node.template.nodes, node.values, depth + 1, found)
    else if (typeOf(chunk, node.index, values) === BINXML_TYPE)
      collect(chunk, fragmentIn(chunk, node.index, values), values, depth + 1, found)
  }
}

/**
 * What an element holds, one entry for each time it is printed: an element around an array is repeated for each item.
 * An element with text only is its text; any other is an object of its attributes (xmlns left out), children (repeated names become
 * an array) and, where there is text beside them, "#text". Throws Damage.
 */
export function elementValues(chunk: Chunk, { element, values }: Filled, depth = 0): JsonValue[] {
  if (depth > DEPTH) throw new Damage('elements nested too deep')
  const items = repeatedTexts(chunk, element, values)
  if (items !== null) return items
  const text = textOf(chunk, element.content, values, depth)
  const children = elementsIn(chunk, element.content, values, depth)
  const fields: JsonObject = {}
  for (const { name, parts } of element.attributes) {
    if (!isNamespace(name)) fields[name] = textOf(chunk, parts, values, depth)
  }
  for (const child of children) {
    for (const value of elementValues(chunk, child, depth + 1))
      addRepeatable(fields, child.element.name, value)
  }
  if (Object.keys(fields).length === 0) return [text]
  if (text.trim() !== '') fields['#text'] = text
  return [fields]
}

/** The items of the array that is an element's whole content, or null where its content is anything else. */
function repeatedTexts(chunk: Chunk, element: Element, values: Values): string[] | null {
  const [only] = element.content
  if (element.content.length !== 1 || only === undefined || !isSlot(only)) return null
  return typeOf(chunk, only.index, values) < ARRAY_FLAG ? null : arrayIn(chunk, only.index, values)
}

export function isSlot(node: Node): node is Slot {
  return typeof node !== 'string' && node.kind === 'slot'
}

export function isNamespace(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:')
}

function addRepeatable(fields: JsonObject, name: string, value: JsonValue): void {
  const there = fields[name]
  if (there === undefined) fields[name] = value
  else if (Array.isArray(there)) there.push(value)
  else fields[name] = [there, value]
}

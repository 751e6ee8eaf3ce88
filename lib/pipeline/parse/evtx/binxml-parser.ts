import type { Element, Instance, Node, Template, Values } from './binxml-node'
import { fixedBytes, valueText } from './binxml-value'
import { type Chunk, charge, isName, nameAt, nameBytes, utf16Text } from './chunk'
import { Damage, damageText } from './damage'
import type { NameUse } from './file-memory'
import { DEFINITION_HEADER_BYTES, keepTemplate, knownTemplate } from './known-definitions'

/** Tokens of binary XML ([MS-EVEN6] 2.2.12); most come with 0x40 added when more follows. */
const END_OF_STREAM = 0x00
const OPEN_START_ELEMENT = 0x01
const CLOSE_START_ELEMENT = 0x02
const CLOSE_EMPTY_ELEMENT = 0x03
const END_ELEMENT = 0x04
const VALUE = 0x05
const ATTRIBUTE = 0x06
const CDATA = 0x07
const CHARACTER_REFERENCE = 0x08
const ENTITY_REFERENCE = 0x09
const PI_TARGET = 0x0a
const PI_DATA = 0x0b
const TEMPLATE_INSTANCE = 0x0c
const NORMAL_SUBSTITUTION = 0x0d
const OPTIONAL_SUBSTITUTION = 0x0e
const FRAGMENT_HEADER = 0x0f
const MORE = 0x40

const STRING_TYPE = 0x01
/** Deeper than any event; keeps recursion bounded. */
const DEPTH = 64

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

type Cursor = {
  chunk: Chunk
  start: number
  at: number
  end: number
  depth: number
  /** Elements of a template definition carry a dependency id, others mostly do not. */
  inDefinition: boolean
  /** The names used so far, where they are wanted: in a definition that other chunks may have too. */
  uses: NameUse[] | null
}

/**
 * The nodes of the binary XML between two offsets of a chunk. Templates it uses are compiled once per chunk.
 * Throws Damage, or RangeError where an offset leads outside the chunk.
 */
export function parseFragment(chunk: Chunk, at: number, end: number, depth = 0): Node[] {
  return readContent({ chunk, start: at, at, end, depth, inDefinition: false, uses: null }, false)
}

function readContent(cursor: Cursor, inElement: boolean): Node[] {
  const nodes: Node[] = []
  while (cursor.at < cursor.end) {
    const token = cursor.chunk.view.getUint8(cursor.at) & ~MORE
    charge(cursor.chunk, 4)
    if (token === END_ELEMENT && inElement) {
      cursor.at += 1
      return nodes
    }
    if (token === END_OF_STREAM) break
    const node = readNode(cursor, token)
    if (node !== null) nodes.push(node)
  }
  if (inElement) throw new Damage('an element is not closed')
  return nodes
}

/** One node, or null for a token that carries no content. */
function readNode(cursor: Cursor, token: number): Node | null {
  switch (token) {
    case OPEN_START_ELEMENT:
      return readElement(cursor)
    case TEMPLATE_INSTANCE:
      return readInstance(cursor)
    case FRAGMENT_HEADER:
      cursor.at += 4
      return null
    case PI_TARGET:
      cursor.at += 1
      readName(cursor)
      return null
    case PI_DATA:
      cursor.at += 1
      readCountedText(cursor)
      return null
    default:
      return readPart(cursor, token)
  }
}

/** What may stand in an attribute as well as in an element. */
function readPart(cursor: Cursor, token: number): Node {
  const { view } = cursor.chunk
  const at = cursor.at
  cursor.at += 1
  switch (token) {
    case VALUE:
      return readLiteral(cursor)
    case CDATA:
      return readCountedText(cursor)
    case CHARACTER_REFERENCE:
      cursor.at += 2
      return String.fromCharCode(view.getUint16(at + 1, true))
    case ENTITY_REFERENCE: {
      const name = readName(cursor)
      return ENTITIES.get(name) ?? `&${name};`
    }
    case NORMAL_SUBSTITUTION:
    case OPTIONAL_SUBSTITUTION:
      cursor.at += 3
      return { kind: 'slot', index: view.getUint16(at + 1, true) }
    default:
      throw new Damage(`unknown token 0x${token.toString(16).padStart(2, '0')}`)
  }
}

function readLiteral(cursor: Cursor): string {
  const type = cursor.chunk.view.getUint8(cursor.at)
  cursor.at += 1
  if (type === STRING_TYPE) return readCountedText(cursor)
  const size = fixedBytes(type)
  if (size === null) throw new Damage(`a literal of type 0x${type.toString(16)}`)
  const text = valueText(cursor.chunk, type, cursor.at, size)
  cursor.at += size
  return text
}

function readCountedText(cursor: Cursor): string {
  const size = 2 * cursor.chunk.view.getUint16(cursor.at, true)
  charge(cursor.chunk, size)
  const text = utf16Text(cursor.chunk, cursor.at + 2, size)
  cursor.at += 2 + size
  return text
}

/** A name is given by its offset; where it is used first it follows in place. */
function readName(cursor: Cursor): string {
  const offset = cursor.chunk.view.getUint32(cursor.at, true)
  cursor.at += 4
  const name = nameAt(cursor.chunk, offset)
  const isInPlace = offset === cursor.at
  cursor.uses?.push({ at: cursor.at - 4 - cursor.start, name, isInPlace })
  if (isInPlace) cursor.at += nameBytes(cursor.chunk, offset)
  return name
}

function readElement(cursor: Cursor): Element {
  if (cursor.depth >= DEPTH) throw new Damage('elements nested too deep')
  const { view } = cursor.chunk
  const hasAttributes = (view.getUint8(cursor.at) & MORE) !== 0
  cursor.depth += 1
  cursor.at += hasDependencyId(cursor) ? 7 : 5
  const name = readName(cursor)
  // The byte size of the attribute list, not needed: the attributes say themselves where they end.
  if (hasAttributes) cursor.at += 4
  const attributes: Element['attributes'] = []
  while ((view.getUint8(cursor.at) & ~MORE) === ATTRIBUTE) {
    charge(cursor.chunk, 4)
    cursor.at += 1
    attributes.push({ name: readName(cursor), parts: readAttributeParts(cursor) })
  }
  const close = view.getUint8(cursor.at)
  cursor.at += 1
  if (close !== CLOSE_EMPTY_ELEMENT && close !== CLOSE_START_ELEMENT)
    throw new Damage('a start tag without an end')
  const content = close === CLOSE_START_ELEMENT ? readContent(cursor, true) : []
  cursor.depth -= 1
  return { kind: 'element', name, attributes, content }
}

function readAttributeParts(cursor: Cursor): Node[] {
  const parts: Node[] = []
  for (;;) {
    const token = cursor.chunk.view.getUint8(cursor.at) & ~MORE
    if (token === ATTRIBUTE || token === CLOSE_START_ELEMENT || token === CLOSE_EMPTY_ELEMENT) return parts
    charge(cursor.chunk, 4)
    parts.push(readPart(cursor, token))
  }
}

/**
 * Whether the start element at the cursor has its dependency id (u16 before the size u32 and the name's offset u32).
 * Writers differ, so the layout that fits the context is checked against the name and the other one tried.
 */
function hasDependencyId(cursor: Cursor): boolean {
  const usual = cursor.inDefinition ? 7 : 5
  const other = cursor.inDefinition ? 5 : 7
  const fits = (skip: number) => isName(cursor.chunk, cursor.chunk.view.getUint32(cursor.at + skip, true))
  if (fits(usual) || !fits(other)) return usual === 7
  cursor.uses = null
  return other === 7
}

function readInstance(cursor: Cursor): Instance {
  const { view } = cursor.chunk
  const offset = view.getUint32(cursor.at + 6, true)
  cursor.at += 10
  // its values lie in this chunk only
  cursor.uses = null
  const template = templateAt(cursor.chunk, offset, cursor.depth)
  if (offset === cursor.at) cursor.at += DEFINITION_HEADER_BYTES + view.getUint32(offset + 20, true)
  return { kind: 'instance', template, values: readValues(cursor) }
}

/** Marks a template while it is compiled: met again then, it contains itself. Made once, as an Error costs its stack trace. */
const SELF_CONTAINED = new Damage('its template contains itself')

/** A template definition compiled, once per chunk: one that failed fails the same way again. */
function templateAt(chunk: Chunk, offset: number, depth: number): Template {
  const known = chunk.templates.get(offset)
  if (known instanceof Damage) throw known
  if (known !== undefined) return known
  chunk.templates.set(offset, SELF_CONTAINED)
  try {
    const template = readDefinition(chunk, offset, depth + 1)
    chunk.templates.set(offset, template)
    return template
  } catch (error) {
    const damage = new Damage(`its template is damaged: ${damageText(error)}`)
    chunk.templates.set(offset, damage)
    throw damage
  }
}

function readDefinition(chunk: Chunk, offset: number, depth: number): Template {
  const start = offset + DEFINITION_HEADER_BYTES
  const size = chunk.view.getUint32(offset + 20, true)
  if (size === 0) throw new Damage('its definition is missing')
  const known = knownTemplate(chunk, offset, size)
  if (known !== null) return known
  const end = Math.min(start + size, chunk.bytes.length)
  const cursor: Cursor = { chunk, start, at: start, end, depth, inDefinition: true, uses: [] }
  const template = { nodes: readContent(cursor, false) }
  if (cursor.uses !== null) keepTemplate(chunk, offset, size, cursor.uses, template)
  return template
}

function readValues(cursor: Cursor): Values {
  const { view } = cursor.chunk
  const count = view.getUint32(cursor.at, true)
  const table = cursor.at + 4
  let at = table + 4 * count
  if (at > cursor.end) throw new Damage(`${count} values do not fit in it`)
  charge(cursor.chunk, 4 * count)
  const starts: number[] = []
  for (let index = 0; index < count; index++) {
    starts.push(at)
    at += view.getUint16(table + 4 * index, true)
  }
  if (at > cursor.end) throw new Damage('its values reach outside it')
  cursor.at = at
  return { table, starts }
}

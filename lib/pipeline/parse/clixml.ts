import {
  asRecord,
  type JsonObject,
  type JsonValue,
  type ParsedItem,
  unread,
} from '@/lib/pipeline/event/raw-record'
import { parseLineRecords } from './line-records'
import { readElement, type XmlElement } from './xml/read-element'

const BEGINNING = /^<Objs [^>]{0,64}http:\/\/schemas\.microsoft\.com\/powershell\//
/** An object of the file's own, or of a list that is its only one: what lies in an object has a name. */
const START = /^(?: {2}| {6})<Obj RefId="\d{1,9}">$/
const LISTS: ReadonlySet<string> = new Set(['LST', 'IE', 'STK', 'QUE'])
const LIST = new RegExp(`^ {4}<(?:${[...LISTS].join('|')})>$`)
const NO_END = 'the object has no end before the next one begins'
const NOT_BELOW =
  'objects of PowerShell that are not one below the other, as Export-Clixml writes them: export the events anew (Get-WinEvent … | Export-Clixml FILE)'

/** Whether a text is objects of PowerShell (CLIXML). */
export function isClixml(text: string): boolean {
  return BEGINNING.test(text)
}

/**
 * The objects that `Export-Clixml` wrote, in file order; `fields` are their properties by name: texts, lists and objects of them, null where there is nothing
 * (and where the same object stands a second time). Holds one object of at most 1 MiB. Bad data never throws. `position` counts the objects from 1.
 */
export async function* parseClixml(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  const items = parseLineRecords(bytes, {
    isStart: (line) => START.test(line),
    toItem,
    // what opens the file
    noBeginning: null,
  })
  let isEmpty = true
  for await (const item of items) {
    isEmpty = false
    yield item
  }
  if (isEmpty) yield unread(NOT_BELOW, 1)
}

function toItem(lines: readonly string[]): ParsedItem | null {
  const indent = /^ */.exec(lines[0] ?? '')?.[0] ?? ''
  const end = lines.indexOf(`${indent}</Obj>`)
  // the objects of a list are records themselves
  if (end === -1) return lines.some((line) => LIST.test(line)) ? null : unread(NO_END)
  const read = readElement(lines.slice(0, end + 1).join('\n'))
  if (read.kind === 'broken') return unread(read.reason)
  return asRecord(propertiesOf(read.element))
}

/** What an object is by itself (`Props`) and what PowerShell adds to it (`MS`), by name. */
function propertiesOf(element: XmlElement): JsonObject {
  const named = element.children
    .filter(({ name }) => name === 'Props' || name === 'MS')
    .flatMap(({ children }) => children)
    .map((child) => [nameOf(child), contentOf(child)] as const)
  return Object.fromEntries(named)
}

function nameOf({ attributes }: XmlElement): string {
  return attributes.find(({ name }) => name === 'N')?.value ?? ''
}

function contentOf(element: XmlElement): JsonValue {
  if (element.name === 'Nil' || element.name === 'Ref') return null
  if (element.name !== 'Obj') return unescaped(element.text)
  const list = element.children.find(({ name }) => LISTS.has(name))
  if (list !== undefined) return list.children.map(contentOf)
  const properties = propertiesOf(element)
  if (Object.keys(properties).length > 0) return properties
  return unescaped(element.children.find(({ name }) => name === 'ToString')?.text ?? '')
}

/** PowerShell writes characters that XML has no place for by their numbers: _x000D_. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

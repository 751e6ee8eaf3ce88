import { SaxesParser } from 'saxes'
import { MAX_RECORD_DEPTH } from '../limits'
import { standInFor } from './stand-ins'

/** An element by its local name. `text` is all text directly in it. */
export type XmlElement = {
  name: string
  attributes: { name: string; value: string }[]
  children: XmlElement[]
  text: string
}

export type ReadElement = { kind: 'element'; element: XmlElement } | { kind: 'broken'; reason: string }

/**
 * The one element that a text is. Characters that XML 1.0 forbids are read as they are, since Windows writes them all the same; anything else that is
 * not well-formed is broken. Knows XML's own five entities; a document type declaration is broken, so nothing is expanded or fetched.
 * Prefixes need no declaration.
 */
export function readElement(xml: string): ReadElement {
  const first = tryRead(xml)
  if (first.kind === 'element') return first
  const standIn = standInFor(xml)
  return standIn === null ? first : tryRead(standIn.text, standIn.restore)
}

function tryRead(xml: string, restore = asIs): ReadElement {
  try {
    return { kind: 'element', element: parse(xml, restore) }
  } catch (error) {
    return { kind: 'broken', reason: `it is not well-formed XML: ${detailOf(error, xml)}` }
  }
}

/** The parser says of an ampersand that stands for itself only that the text ends. */
function detailOf(error: unknown, xml: string): string {
  if (/&(?!#?\w{1,32};)/.test(xml)) return 'an ampersand in it is not escaped'
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}

function parse(xml: string, restore: (text: string) => string): XmlElement {
  const root: XmlElement = { name: '', attributes: [], children: [], text: '' }
  const open = [root]
  let current = root
  const addText = (text: string) => {
    current.text += restore(text)
  }
  const parser = new SaxesParser({ xmlns: false, position: false } as const)
  parser.on('doctype', () => {
    throw new Error('it has a document type declaration')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_RECORD_DEPTH) throw new Error(`nested deeper than ${MAX_RECORD_DEPTH} levels`)
    const element = { name: localName(name), attributes: toList(attributes, restore), children: [], text: '' }
    current.children.push(element)
    open.push(element)
    current = element
  })
  parser.on('closetag', () => {
    open.pop()
    current = open.at(-1) ?? root
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(xml).close()
  const [element] = root.children
  if (element === undefined) throw new Error('there is no element')
  return element
}

function toList(attributes: Record<string, string>, restore: (text: string) => string) {
  const list: XmlElement['attributes'] = []
  for (const name in attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue
    list.push({ name: localName(name), value: restore(attributes[name] ?? '') })
  }
  return list
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function asIs(text: string): string {
  return text
}

import {
  asRecord,
  type JsonObject,
  type JsonValue,
  type ParsedItem,
  unread,
} from '@/lib/pipeline/event/raw-record'
import { decodeText } from '../decode-text'
import { CUT_OFF, MAX_RECORD_CHARACTERS, TOO_LARGE } from '../limits'
import { readElement, type XmlElement } from './read-element'

const BEGINNING = /^(?:<\?xml[^<>]{0,256}\?>\s{0,64})?<results\s(?:[^<>]{0,256}\s)?preview=[^<>]{0,256}>/
const START = /<result[\s>]/
const STARTS = /<result[\s>]/g
const NEXT = /<result[\s>]|<\/result>/
const BEGIN = '<result'
const END = '</result>'
const NO_END = 'the result has no end before the next one begins'
/** What a search found is marked in its text. */
const MARKS = /<\/?sg(?:\s[^<>]{0,64})?>/g

/** Whether a text is what Splunk exports as XML, which always says if it is a preview: others call an element so that holds events. */
export function isSplunkResults(text: string): boolean {
  return BEGINNING.test(text)
}

/**
 * The results of a search that Splunk exported as XML, in file order: `fields` are texts by name, lists where a field has several values; an event is in
 * `_raw`. Holds one result of at most 1 MiB. Bad data never throws: a result that is broken, too large or cut off is one rejection. `position` counts the
 * results from 1.
 */
export async function* parseSplunkResults(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ParsedItem> {
  const results = new Results()
  let position = 0
  for await (const block of decodeText(bytes))
    for (const piece of results.add(block)) yield toItem(piece, ++position)
  if (results.isOpen) yield unread(CUT_OFF, ++position)
  if (position === 0) yield unread('the search found nothing', 1)
}

/** The text of one result, or why there is none. */
type Piece = { xml: string } | { reason: string }

/** Cuts a text that arrives in pieces into results: no tag of theirs can stand in a value, where it would be escaped. */
class Results {
  private text = ''
  private isSkipping = false

  /** Whether a result has begun that has no end. */
  get isOpen(): boolean {
    return this.isSkipping || START.test(this.text)
  }

  add(block: string): Piece[] {
    const found: Piece[] = []
    const searched = Math.max(0, this.text.length - END.length)
    this.text += block
    if (this.isSkipping) this.skip()
    let start = 0
    for (let end = this.text.indexOf(END, searched); end !== -1; end = this.text.indexOf(END, start)) {
      for (const piece of toPieces(this.text.slice(start, end + END.length))) found.push(piece)
      start = end + END.length
    }
    this.text = this.text.slice(start)
    if (this.text.length <= MAX_RECORD_CHARACTERS) return found
    found.push({ reason: TOO_LARGE })
    // of several that have begun only the last may still end; what is too large may stand between two
    const begun = lastStart(this.text)
    const isKept = begun !== -1 && this.text.length - begun <= MAX_RECORD_CHARACTERS
    this.isSkipping = !isKept
    this.text = this.text.slice(isKept ? begun : -END.length)
    return found
  }

  /** Goes on behind what is too large: where it ends, or the next one begins. */
  private skip(): void {
    const next = NEXT.exec(this.text)
    this.isSkipping = next === null
    if (next === null) this.text = this.text.slice(-END.length)
    else this.text = this.text.slice(next.index + (next[0] === END ? END.length : 0))
  }
}

/** What ends where a result does: one that has no end of its own does not take the next one with it. */
function toPieces(xml: string): Piece[] {
  const starts = Array.from(xml.matchAll(STARTS), ({ index }) => index)
  const last = starts.pop() ?? 0
  return [...starts.map(() => ({ reason: NO_END })), { xml: xml.slice(last) }]
}

/** Where the last result begins that a text has; -1 where none does. */
function lastStart(text: string): number {
  let at = text.lastIndexOf(BEGIN)
  while (at > 0 && !/[\s>]/.test(text.charAt(at + BEGIN.length))) at = text.lastIndexOf(BEGIN, at - 1)
  return at
}

function toItem(piece: Piece, position: number): ParsedItem {
  if ('reason' in piece) return unread(piece.reason, position)
  if (piece.xml.length > MAX_RECORD_CHARACTERS) return unread(TOO_LARGE, position)
  const read = readElement(piece.xml.replace(MARKS, ''))
  if (read.kind === 'broken') return unread(read.reason, position)
  return asRecord(fieldsOf(read.element), position)
}

function fieldsOf(result: XmlElement): JsonObject {
  const named = result.children.flatMap((field): [string, JsonValue][] => {
    const name = field.attributes.find((attribute) => attribute.name === 'k')?.value
    return name === undefined ? [] : [[name, contentOf(field)]]
  })
  return Object.fromEntries(named)
}

/** `<v>` holds an event, `<value><text>` any other. */
function contentOf({ children }: XmlElement): JsonValue {
  const values = children.map((value) => value.children[0]?.text ?? value.text)
  return values.length === 1 ? (values[0] ?? null) : values
}

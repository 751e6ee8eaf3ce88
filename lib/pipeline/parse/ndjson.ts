import { Buffer } from 'node:buffer'
import { atPosition, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { type ByteLine, readLines, textOf } from './byte-lines'
import { type JsonOptions, parseJsonText } from './json'
import { listStart } from './json-list'
import { OutlineReader } from './json-outline'
import { JsonSplitter, parseObject } from './json-splitter'
import { TOO_LARGE } from './limits'
import { detectEncoding } from './text-encoding'

/** An item, and the line that it stands in, from 1. */
export type LineItem = { item: ParsedItem; line: number }

/** The first line that opens a list or an object. */
const FIRST = /(?:^|\n)[^\S\n]*([[{][^\n]*)\n/

/**
 * Whether bytes that begin like this are NDJSON in UTF-8: their first line of JSON is one object. A list, an object over several lines and a search's answer are
 * not, and neither is a text that holds no JSON.
 */
export function isNdjson(head: Uint8Array): boolean {
  if (detectEncoding(head) !== 'utf-8') return false
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8')
  const first = FIRST.exec(text)?.[1]?.trim() ?? ''
  return first.startsWith('{') && parseObject(first) !== null && listStart(text) === null
}

/**
 * The records of NDJSON, each line read by itself: one that is no JSON is a rejection of its own, whatever its neighbours are. `position` counts the items from 1;
 * blank lines are none. Holds one record of at most 1 MiB.
 */
export function parseNdjson(
  bytes: AsyncIterable<Uint8Array>,
  { outline }: JsonOptions = {},
): AsyncGenerator<LineItem> {
  return readLines(bytes, new NdjsonReader(outline === undefined ? null : new OutlineReader(outline)))
}

class NdjsonReader {
  private line = 0
  private position = 0
  private readonly whole = new JsonSplitter()

  constructor(private readonly outlines: OutlineReader | null) {}

  hold(block: Buffer): void {
    this.outlines?.hold(block)
  }

  read(line: ByteLine): LineItem[] {
    this.line++
    return this.itemsOf(line).map((item) => ({ item: atPosition(item, ++this.position), line: this.line }))
  }

  private itemsOf(line: ByteLine): ParsedItem[] {
    const outline = this.outlines?.readLine(line) ?? null
    if (outline !== null) return [this.whole.takeOutline(outline)]
    const text = textOf(line)
    if (text === null) return [unread(TOO_LARGE)]
    if (text.trim() === '') return []
    return this.whole.takeText(text) ?? parseJsonText(text.trim())
  }
}

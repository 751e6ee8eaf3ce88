import { Buffer } from 'node:buffer'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { byteBlocks } from './byte-blocks'
import { TextBlocks } from './decode-text'
import { listStart } from './json-list'
import { type Outline, OutlineReader } from './json-outline'
import { isShallow, JsonSplitter, lineOf, parseObject } from './json-splitter'
import { MAX_RECORD_CHARACTERS } from './limits'
import { detectEncoding, type TextEncoding } from './text-encoding'

/** `outline`: of a record for which it suffices no more than these members is read, and no text. */
export type JsonOptions = { outline?: Outline }

/**
 * The objects of a JSON file, in file order: one a line (NDJSON), several one after the other, the elements of an array, or the
 * records that a search's answer lists (`listStart`); pretty-printed or all on one line; UTF-8 or UTF-16. Holds one record of at most 1 MiB in memory. Bad data never throws: a record that is broken, too large or
 * nested too deep is one rejection, and reading goes on where the next record seems to begin.
 * `position` counts the records from 1, rejected ones included. An object that stands for several rows (`rowsOf`) is as many records.
 */
export async function* parseJson(
  bytes: AsyncIterable<Uint8Array>,
  { outline }: JsonOptions = {},
): AsyncGenerator<ParsedItem> {
  let reader: JsonReader | null = null
  // yield* on an array would make several promises for each item
  for await (const block of byteBlocks(bytes)) {
    reader ??= new JsonReader(detectEncoding(block), outline)
    for (const item of reader.add(block)) yield item
  }
  for (const item of reader?.end() ?? []) yield item
}

/** Blocks of a part are as long as those of a file. */
const BLOCK_BYTES = 64 * 1024

/**
 * The objects of one part of a JSON file in UTF-8 that was cut somewhere, read without the parts before it. Positions count the part's own records.
 * Where every part before `endsBetweenRecords`, the parts' records are those of the file. The first has 64 KiB at least, or is the only one.
 */
export class JsonPart {
  /** Of a part that was read to its end: whether what follows it begins a line of its own, and would be read as it is without this part. */
  endsBetweenRecords = false
  private readonly reader: JsonReader

  /** `place`: a search's answer is looked for at the file's start, and a record that was cut off is told of at its end. */
  constructor(
    private readonly place: { isFirst: boolean; isLast: boolean },
    { outline }: JsonOptions = {},
  ) {
    this.reader = new JsonReader('utf-8', outline, place.isFirst)
  }

  *read(bytes: Buffer): Generator<ParsedItem> {
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
      yield* this.reader.add(bytes.subarray(at, at + BLOCK_BYTES))
    this.endsBetweenRecords = this.reader.isBetweenRecords()
    if (this.place.isLast) yield* this.reader.end()
  }
}

/** The objects of a text that is held already, by the same rules. */
export function parseJsonText(text: string): ParsedItem[] {
  const fields =
    text.startsWith('{') && text.length <= MAX_RECORD_CHARACTERS && isShallow(text) ? parseObject(text) : null
  if (fields !== null)
    return [{ kind: 'record', record: { position: 1, recordId: null, fields, text: lineOf(text) } }]
  const splitter = new JsonSplitter()
  return [...splitter.add(text), ...splitter.end()]
}

const NEWLINE = 0x0a
const OPEN_OBJECT = 0x7b

/** Takes the lines of a block that are a record each straight from its bytes, and leaves what is otherwise to the splitter. */
class JsonReader {
  private readonly splitter = new JsonSplitter()
  private readonly text: TextBlocks
  /** The beginning of a line that the last block did not end. */
  private line: Buffer = NOTHING
  /** Whether the splitter has the beginning of the line at the next block's start. */
  private isMidLine = false
  private readonly outlines: OutlineReader | null

  /** `isFirst`: whether the next block is the file's first. */
  constructor(
    private readonly encoding: TextEncoding,
    outline: Outline | undefined,
    private isFirst = true,
  ) {
    this.text = new TextBlocks(encoding)
    this.outlines = outline === undefined ? null : new OutlineReader(outline)
  }

  /** Whether what comes next is read as a reader that has seen nothing would read it. */
  isBetweenRecords(): boolean {
    return this.line.length === 0 && !this.isMidLine && this.splitter.awaitsLine()
  }

  add(block: Buffer): ParsedItem[] {
    if (this.isFirst) return this.addFirst(block)
    if (this.encoding !== 'utf-8') return this.splitter.add(this.text.decode(block))
    const items: ParsedItem[] = []
    const from = this.takeBegun(block, items)
    const bytes = from > 0 || this.line.length === 0 ? block : Buffer.concat([this.line, block])
    this.line = NOTHING
    this.passOn(
      bytes,
      this.takeLines(bytes, this.isMidLine ? this.passLine(bytes, items) : from, items),
      items,
    )
    return items
  }

  /** Where the first line begins that is no record of its own. */
  private takeLines(bytes: Buffer, from: number, items: ParsedItem[]): number {
    this.outlines?.hold(bytes)
    for (let at = from; ; ) {
      const next = this.takeOutline(bytes, at, items) ?? this.takeLine(bytes, at, items)
      if (next === at) return at
      at = next
    }
  }

  /** Where the next line begins, after one of which an outline is enough. */
  private takeOutline(bytes: Buffer, at: number, items: ParsedItem[]): number | null {
    if (this.outlines === null || bytes[at] !== OPEN_OBJECT || !this.splitter.awaitsLine()) return null
    const outline = this.outlines.read(at)
    if (outline === null) return null
    items.push(this.splitter.takeOutline(outline.fields))
    return outline.end
  }

  /** An answer of a search is read as text: its list begins within a line. */
  private addFirst(block: Buffer): ParsedItem[] {
    this.isFirst = false
    const text = new TextBlocks(this.encoding).decode(block)
    const start = listStart(text)
    if (start === null) return this.add(block)
    this.splitter.openList(text.slice(0, start))
    this.isMidLine = true
    return this.splitter.add(this.text.decode(block).slice(start))
  }

  end(): ParsedItem[] {
    const items: ParsedItem[] = []
    this.pass(this.line, items)
    items.push(...this.splitter.add(this.text.end()), ...this.splitter.end())
    return items
  }

  /** Takes the line that the last block began, with no copy of more than it. Where it ends in this block; 0 where it is not one record. */
  private takeBegun(block: Buffer, items: ParsedItem[]): number {
    const end = this.line.length === 0 || this.isMidLine ? 0 : block.indexOf(NEWLINE) + 1
    if (end === 0) return 0
    const line = Buffer.concat([this.line, block.subarray(0, end)])
    return this.takeLine(line, 0, items) === line.length ? end : 0
  }

  /** Where the next line begins, after one that is one record; `at` where it is none, or not whole. */
  private takeLine(bytes: Buffer, at: number, items: ParsedItem[]): number {
    if (bytes[at] !== OPEN_OBJECT || !this.splitter.awaitsLine()) return at
    const end = bytes.indexOf(NEWLINE, at)
    if (end === -1 || end - at > MAX_RECORD_CHARACTERS) return at
    const found = this.splitter.takeText(bytes.toString('utf8', at, end))
    if (found === null) return at
    for (const item of found) items.push(item)
    return end + 1
  }

  /** The rest of a line that the splitter has begun. */
  private passLine(bytes: Buffer, items: ParsedItem[]): number {
    const end = bytes.indexOf(NEWLINE) + 1 || bytes.length
    this.pass(bytes.subarray(0, end), items)
    return end
  }

  /** What follows the last line that was taken: the beginning of one more waits for its end, anything else is the splitter's. */
  private passOn(bytes: Buffer, at: number, items: ParsedItem[]): void {
    const isLine =
      bytes[at] === OPEN_OBJECT && this.splitter.awaitsLine() && bytes.indexOf(NEWLINE, at) === -1
    if (isLine && bytes.length - at <= MAX_RECORD_CHARACTERS) this.line = Buffer.from(bytes.subarray(at))
    else this.pass(bytes.subarray(at), items)
  }

  private pass(bytes: Buffer, items: ParsedItem[]): void {
    if (bytes.length === 0) return
    this.isMidLine = bytes[bytes.length - 1] !== NEWLINE
    for (const item of this.splitter.add(this.text.decode(bytes))) items.push(item)
  }
}

const NOTHING = Buffer.alloc(0)

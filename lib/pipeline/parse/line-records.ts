import { atPosition, type ParsedItem, unread } from '@/lib/pipeline/event/raw-record'
import { type ByteLine, readLines, textOf } from './byte-lines'
import { MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'
import { inUtf8 } from './text-lines'

/** How the records of a text begin, and what becomes of one; null for what is none. */
type RecordFormat = {
  isStart: (line: string) => boolean
  toItem: (lines: Lines) => ParsedItem | null
  /** What is said of lines before the first record; null where others may stand there. */
  noBeginning: string | null
  /** Whether a record is the next to another, by the lines that begin them, where records are numbered: a text may quote others. */
  follows?: (before: string, line: string) => boolean
}
/** All lines of a record, without their ends. */
type Lines = readonly string[]

/**
 * The records of a text, each of several lines, in file order: from a line that begins one to the next such line. Holds one record of at most 1 MiB; a larger one
 * is one rejection. `position` counts the items from 1.
 */
export async function* parseLineRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: RecordFormat,
): AsyncGenerator<ParsedItem> {
  const records = new LineRecords(format.isStart, format.noBeginning)
  const { toItem, follows } = format
  const quotes = follows === undefined ? null : new Quotes(follows)
  const itemsOf = (pieces: readonly Piece[]) =>
    pieces.flatMap((piece) => (isLines(piece) ? (toItem(piece) ?? []) : piece))
  const told = (pieces: readonly Piece[]) =>
    itemsOf(quotes === null ? pieces : pieces.flatMap((piece) => quotes.add(piece)))
  const read = (line: ByteLine) => told(records.add(textOf(line)?.replace(/\r$/, '') ?? null))
  let position = 0
  for await (const item of readLines(inUtf8(bytes), { hold: () => undefined, read }))
    yield atPosition(item, ++position)
  for (const item of [...told(records.end()), ...itemsOf(quotes?.end() ?? [])])
    yield atPosition(item, ++position)
}

/** A record, or what is said of lines that are none. */
type Piece = Lines | ParsedItem

function isLines(piece: Piece): piece is Lines {
  return Array.isArray(piece)
}

/** More than the text of an event of a Windows log has. */
const MAX_QUOTED_CHARACTERS = 64 * 1024

/**
 * Tells records from what the text of one quotes: behind those the record comes that is next to it, and not to the last of them. Holds one record and what may be
 * its text.
 */
class Quotes {
  private held: Lines[] = []
  private length = 0

  constructor(private readonly follows: (before: string, line: string) => boolean) {}

  /** The pieces that are known whole. */
  add(piece: Piece): readonly Piece[] {
    if (!isLines(piece)) return [...this.end(), piece]
    const [first, last] = [this.held[0], this.held.at(-1)]
    const isNext = (before: Lines | undefined) =>
      before === undefined || this.follows(before[0] ?? '', piece[0] ?? '')
    if (isNext(first) && (this.held.length <= 1 || !isNext(last)))
      return this.goOn(piece, this.held.length === 0 ? [] : [this.held.flat()])
    this.held.push(piece)
    this.length += piece.reduce((sum, line) => sum + line.length + 1, 0)
    return this.length > MAX_QUOTED_CHARACTERS ? this.goOn(piece, this.held.slice(0, -1)) : []
  }

  /** The pieces that are held, which no others follow. */
  end(): readonly Lines[] {
    const { held } = this
    this.held = []
    this.length = 0
    return held
  }

  private goOn(piece: Lines, whole: readonly Lines[]): readonly Lines[] {
    this.held = [piece]
    this.length = 0
    return whole
  }
}

/** Before the first record (`outside`), in one, or in one that is too large to keep (`skipping`). */
type State = 'outside' | 'inside' | 'skipping'

class LineRecords {
  private state: State = 'outside'
  private lines: string[] = []
  private length = 0
  private hasComplained = false

  constructor(
    private readonly isStart: RecordFormat['isStart'],
    private readonly noBeginning: string | null,
  ) {}

  /** `line`: null for one that is longer than a record may be. */
  add(line: string | null): readonly Piece[] {
    if (line !== null && this.isStart(line)) {
      const before = this.end()
      this.state = 'inside'
      this.hold(line)
      return before
    }
    if (this.state === 'inside') return this.goOn(line)
    return this.state === 'outside' && line?.trim() !== '' ? this.complain() : []
  }

  /** The record that is held, which nothing follows. */
  end(): readonly Piece[] {
    const pieces = this.state === 'inside' ? [this.lines] : []
    this.lines = []
    this.length = 0
    return pieces
  }

  private goOn(line: string | null): ParsedItem[] {
    if (line !== null) this.hold(line)
    if (line !== null && this.length <= MAX_RECORD_CHARACTERS) return []
    this.state = 'skipping'
    this.lines = []
    return [unread(TOO_LARGE)]
  }

  private hold(line: string): void {
    this.lines.push(line)
    this.length += line.length + 1
  }

  private complain(): ParsedItem[] {
    if (this.hasComplained || this.noBeginning === null) return []
    this.hasComplained = true
    return [unread(this.noBeginning)]
  }
}

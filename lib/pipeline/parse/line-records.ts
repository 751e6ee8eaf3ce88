import { atPosition, type ParsedItem } from '@/lib/pipeline/event/raw-record'
import { type ByteLine, readLines, textOf } from './byte-lines'
import { MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'
import { inUtf8, unread } from './text-lines'

/** How the records of a text begin, and what becomes of one; null for what is none. */
type RecordFormat = {
  isStart: (line: string) => boolean
  /** `lines`: all of a record, without their ends. */
  toItem: (lines: readonly string[]) => ParsedItem | null
  /** What is said of lines before the first record; null where others may stand there. */
  noBeginning: string | null
}

/**
 * The records of a text, each of several lines, in file order: from a line that begins one to the next such line. Holds one record of at most 1 MiB; a larger one
 * is one rejection. `position` counts the items from 1.
 */
export async function* parseLineRecords(
  bytes: AsyncIterable<Uint8Array>,
  format: RecordFormat,
): AsyncGenerator<ParsedItem> {
  const records = new LineRecords(format)
  const read = (line: ByteLine) => records.add(textOf(line)?.replace(/\r$/, '') ?? null)
  let position = 0
  for await (const item of readLines(inUtf8(bytes), { hold: () => undefined, read }))
    yield atPosition(item, ++position)
  for (const item of records.end()) yield atPosition(item, ++position)
}

/** Before the first record (`outside`), in one, or in one that is too large to keep (`skipping`). */
type State = 'outside' | 'inside' | 'skipping'

class LineRecords {
  private state: State = 'outside'
  private lines: string[] = []
  private length = 0
  private hasComplained = false

  constructor(private readonly format: RecordFormat) {}

  /** `line`: null for one that is longer than a record may be. */
  add(line: string | null): ParsedItem[] {
    if (line !== null && this.format.isStart(line)) {
      const before = this.end()
      this.state = 'inside'
      this.hold(line)
      return before
    }
    if (this.state === 'inside') return this.goOn(line)
    return this.state === 'outside' && line?.trim() !== '' ? this.complain() : []
  }

  /** The record that is held, which nothing follows. */
  end(): ParsedItem[] {
    const item = this.state === 'inside' ? this.format.toItem(this.lines) : null
    this.lines = []
    this.length = 0
    return item === null ? [] : [item]
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
    const { noBeginning } = this.format
    if (this.hasComplained || noBeginning === null) return []
    this.hasComplained = true
    return [unread(noBeginning)]
  }
}

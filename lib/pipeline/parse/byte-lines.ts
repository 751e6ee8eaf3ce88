import { Buffer } from 'node:buffer'
import { byteBlocks } from './byte-blocks'
import { MAX_RECORD_CHARACTERS } from './limits'

/**
 * A line without its line feed. `at`: where it begins in the block that was added, -1 where it began in an earlier one. Null for a line that is longer
 * than a record may be: it is passed over, not held.
 */
export type ByteLine = { bytes: Buffer; at: number } | null

const NEWLINE = 0x0a
/** A character of UTF-16 takes three bytes of UTF-8 at most. */
const MOST_BYTES = 3 * MAX_RECORD_CHARACTERS

/** Splits bytes that arrive in blocks into lines. Holds one line of at most 3 MiB. */
class ByteLines {
  private begun: Buffer[] = []
  private length = 0

  /** What follows the last line feed. */
  end(): ByteLine {
    return this.finish(Buffer.alloc(0))
  }

  /** The lines that the block completes. */
  *add(block: Buffer): Generator<ByteLine> {
    let from = 0
    for (let end = block.indexOf(NEWLINE); end !== -1; end = block.indexOf(NEWLINE, from)) {
      const line = block.subarray(from, end)
      yield this.length === 0 ? whole(line, from) : this.finish(line)
      from = end + 1
    }
    // a block's memory is used again
    if (from < block.length) this.hold(Buffer.from(block.subarray(from)))
  }

  private finish(rest: Buffer): ByteLine {
    this.hold(rest)
    const line = this.length > MOST_BYTES ? null : { bytes: Buffer.concat(this.begun), at: -1 }
    this.begun = []
    this.length = 0
    return line
  }

  private hold(piece: Buffer): void {
    this.length += piece.length
    if (this.length > MOST_BYTES) this.begun = []
    else this.begun.push(piece)
  }
}

function whole(bytes: Buffer, at: number): ByteLine {
  return bytes.length > MOST_BYTES ? null : { bytes, at }
}

/** Makes items of lines, of each while the block that it lies in is held. */
type LineReader<Item> = { hold: (block: Buffer) => void; read: (line: ByteLine) => readonly Item[] }

/** What a reader makes of the lines of a stream; what follows the last line feed is a line, too, and may be empty. */
export async function* readLines<Item>(
  bytes: AsyncIterable<Uint8Array>,
  reader: LineReader<Item>,
): AsyncGenerator<Item> {
  const lines = new ByteLines()
  for await (const block of byteBlocks(bytes)) {
    reader.hold(block)
    // all of it before others have a turn, who may hold a block of theirs; yield* on an array would make several promises for each item
    const items: Item[] = []
    for (const line of lines.add(block)) items.push(...reader.read(line))
    for (const item of items) yield item
  }
  for (const item of reader.read(lines.end())) yield item
}

const BYTE_ORDER_MARK = '\ufeff'

/** A line's text, which a byte order mark may begin; null where it is longer than a record may be. */
export function textOf(line: ByteLine): string | null {
  const text = line?.bytes.toString('utf8') ?? null
  if (text === null || text.length > MAX_RECORD_CHARACTERS) return null
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

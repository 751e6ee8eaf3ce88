import { Buffer } from 'node:buffer'
import { MAX_RECORDS } from './batch'

/** A part of a file, with memory of its own. `lines`: how many ends of lines it has. `damage`: what its source threw after it. */
export type Part = Cut & { isFirst: boolean; isLast: boolean; damage: unknown }
type Cut = { bytes: Uint8Array; lines: number }

const NEWLINE = 0x0a
/** What a file is shows in its beginning: its first part holds all that is looked at. */
const LEAST_BYTES = 64 * 1024

/**
 * Cuts bytes behind ends of lines, once a part has so many of them or as many lines as a transaction takes; a line that is longer than a part is cut anywhere. The last part may be empty, and is told to be the last. A
 * failure of the source is its end.
 */
export async function* cutParts(bytes: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Part> {
  const parts = new Parts(partBytes)
  let isFirst = true
  let damage: unknown = null
  try {
    for await (const piece of bytes) {
      for (const cut of parts.add(piece)) {
        yield { ...cut, isFirst, isLast: false, damage: null }
        isFirst = false
      }
    }
  } catch (error) {
    damage = error
  }
  yield { ...parts.end(), isFirst, isLast: true, damage }
}

/** Gathers pieces until there is a part. */
class Parts {
  private pieces: Uint8Array[] = []
  private size = 0
  private lines = 0

  constructor(private readonly partBytes: number) {}

  *add(given: Uint8Array): Generator<Cut> {
    let piece = given
    for (let cut = this.findCut(piece); cut > 0; cut = this.findCut(piece)) {
      this.hold(piece.subarray(0, cut))
      yield this.end()
      piece = piece.subarray(cut)
    }
    this.hold(piece)
  }

  /** What is held. */
  end(): Cut {
    const { lines } = this
    const bytes = new Uint8Array(this.size)
    let at = 0
    for (const piece of this.pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    this.pieces = []
    this.size = this.lines = 0
    return { bytes, lines }
  }

  private hold(piece: Uint8Array): void {
    this.pieces.push(piece)
    this.size += piece.length
  }

  /** How much of the piece ends the part; 0 where it goes on. Counts the lines that it passes. */
  private findCut(piece: Uint8Array): number {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1))
      if (this.isFull(++this.lines, this.size + at)) return at + 1
    return this.size + bytes.length > 2 * this.partBytes ? bytes.length : 0
  }

  private isFull(lines: number, size: number): boolean {
    return size >= this.partBytes || (lines >= MAX_RECORDS && size >= LEAST_BYTES)
  }
}

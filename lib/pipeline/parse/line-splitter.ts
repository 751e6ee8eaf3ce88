import { MAX_RECORD_CHARACTERS } from './limits'

/** A line without its end, or null for one that is longer than a record may be: it is passed over, not held. */
export type Line = string | null

/** Splits a text that arrives in blocks into lines. Holds one line of at most 1 MiB. */
export class LineSplitter {
  private rest = ''
  private tooLong = false

  /** What follows the last line end. */
  end(): Line {
    return this.take()
  }

  /** The lines that the block completes. */
  *add(block: string): Generator<Line> {
    let from = 0
    for (let end = block.indexOf('\n'); end !== -1; end = block.indexOf('\n', from)) {
      this.hold(block.slice(from, end))
      yield this.take()
      from = end + 1
    }
    this.hold(block.slice(from))
  }

  private hold(piece: string): void {
    this.tooLong ||= this.rest.length + piece.length > MAX_RECORD_CHARACTERS
    this.rest = this.tooLong ? '' : this.rest + piece
  }

  private take(): Line {
    const line = this.tooLong ? null : this.rest
    this.rest = ''
    this.tooLong = false
    return line
  }
}

import { Transform, type TransformCallback } from 'node:stream'

const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Ends records of a CSV in CRLF, as RFC 4180 has it: PostgreSQL ends them in LF. Line feeds inside of quotes stay as they are. */
export class CsvLines extends Transform {
  /** Records so far, the header among them. */
  records = 0
  private quoted = false

  override _transform(piece: Uint8Array, _encoding: string, done: TransformCallback): void {
    const out = Buffer.allocUnsafe(piece.length * 2)
    let [at, from, quoted] = [0, 0, this.quoted]
    for (let index = 0; index < piece.length; index++) {
      const byte = piece[index]
      if (byte === QUOTE) quoted = !quoted
      else if (byte === LINE_FEED && !quoted) {
        out.set(piece.subarray(from, index), at)
        at += index - from
        out[at++] = CARRIAGE_RETURN
        from = index
        this.records++
      }
    }
    out.set(piece.subarray(from), at)
    this.quoted = quoted
    done(null, out.subarray(0, at + piece.length - from))
  }
}

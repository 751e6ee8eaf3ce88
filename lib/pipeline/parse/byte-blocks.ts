import { Buffer } from 'node:buffer'

/** A block is at least this long, so that readers look at a long record a few times only, however small the pieces. */
const LEAST_BYTES = 64 * 1024
/** Larger pieces are handed on in parts of this size. */
const MOST_BYTES = 64 * 1024

/** The bytes of a stream in blocks of 64 to 320 KiB; the last may be shorter, and is the only one of a shorter stream. */
export async function* byteBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    held.push(piece)
    size += piece.length
    if (size < LEAST_BYTES) continue
    const block = join(held)
    let at = 0
    for (; size - at >= MOST_BYTES + LEAST_BYTES; at += MOST_BYTES) yield block.subarray(at, at + MOST_BYTES)
    yield block.subarray(at)
    held = []
    size = 0
  }
  if (size > 0) yield join(held)
}

function join(pieces: Uint8Array[]): Buffer {
  const [only] = pieces
  return pieces.length === 1 && only !== undefined
    ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
    : Buffer.concat(pieces)
}

import { Buffer } from 'node:buffer'
import { detectEncoding, ENCODING_BYTES } from './text-encoding'

/** A block is at least this long, so that readers look at a long record a few times only, however small the pieces. */
const BLOCK_CHARACTERS = 64 * 1024
/** Larger pieces are decoded in parts of this size. */
const PART_BYTES = 256 * 1024

/**
 * The text of a byte stream in UTF-8 or UTF-16, with or without a byte order mark, in blocks of 64 Ki to 320 Ki characters (the last may be
 * shorter). Bytes that are no text become U+FFFD. Holds one block in memory.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let head: Uint8Array = new Uint8Array(0)
  let block = ''
  for await (const piece of bytes) {
    let rest = piece
    if (decoder === null) {
      head = rest = Buffer.concat([head, piece])
      if (head.length < ENCODING_BYTES) continue
      decoder = new TextDecoder(detectEncoding(head))
    }
    for (let at = 0; at < rest.length; at += PART_BYTES) {
      block += decoder.decode(rest.subarray(at, at + PART_BYTES), { stream: true })
      if (block.length < BLOCK_CHARACTERS) continue
      yield block
      block = ''
    }
  }
  block += decoder === null ? new TextDecoder(detectEncoding(head)).decode(head) : decoder.decode()
  if (block !== '') yield block
}

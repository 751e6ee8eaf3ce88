export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** Bytes that tell the encodings apart. */
export const ENCODING_BYTES = 4

/**
 * The encoding of a text by its byte order mark, or without one by where its first two characters, ASCII in every
 * format read here, have their zero bytes.
 */
export function detectEncoding(head: Uint8Array): TextEncoding {
  const [a = 0, b = 0, c = 0, d = 0] = head
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (head.length < ENCODING_BYTES) return 'utf-8'
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be'
  return 'utf-8'
}

import { Buffer } from 'node:buffer'

export type Utf16 = 'utf16le' | 'utf16be' | 'utf16'

/** A text in UTF-16; `utf16` is little-endian after a byte order mark. */
export function encodeUtf16(text: string, how: Utf16): Buffer {
  if (how === 'utf16') return Buffer.from(`\ufeff${text}`, 'utf16le')
  const bytes = Buffer.from(text, 'utf16le')
  return how === 'utf16be' ? bytes.swap16() : bytes
}

/** Characters of Base64 that bytes before the text have a part in, by how many bytes there are. */
const FIRST_OWN = [0, 2, 3] as const
/** Characters at the end that bytes after it, or the padding, have a part in, by the length modulo 3. */
const LAST_FOREIGN = [0, 3, 2] as const

/** What of the Base64 of a longer text does not change with what stands around the bytes, for each of three positions. */
export function base64Offsets(bytes: Uint8Array): string[] {
  return FIRST_OWN.map((first, before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const foreign = LAST_FOREIGN[((before + bytes.length) % 3) as 0 | 1 | 2]
    return encoded.slice(first, encoded.length - foreign)
  })
}

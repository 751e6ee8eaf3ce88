import { Buffer } from 'node:buffer'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** A code page that XML declares, by the names of those that are read. */
const DECLARED =
  /^<\?xml[^>]{0,100}\sencoding=["'](windows-(?:125[0-8]|874|949)|iso-8859-(?:[1-9]|1[03-5])|ibm866|koi8-r|shift_jis|gbk|gb2312|gb18030|big5|euc-kr|euc-jp)["']/i

/** The code page that a text in bytes says it is written in; null where it says none, or UTF-8. */
export function declaredCodePage(head: Uint8Array): string | null {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 200)).toString('latin1')
  return DECLARED.exec(start)?.[1]?.toLowerCase() ?? null
}

/** Windows-1252 where it differs from Latin-1: 0x80 to 0x9f. Node 20's own TextDecoder('windows-1252') decodes Latin-1. */
export const WINDOWS_1252_PART = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

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

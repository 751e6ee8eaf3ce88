import { Buffer } from 'node:buffer'
import { byteBlocks } from './byte-blocks'
import { detectEncoding, type TextEncoding } from './text-encoding'

const BYTE_ORDER_MARK = '\ufeff'

/**
 * The text of a byte stream in UTF-8 or UTF-16, with or without a byte order mark, in blocks (see `byteBlocks`). Bytes that are no text become U+FFFD.
 * Holds one block in memory.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextBlocks | null = null
  for await (const block of byteBlocks(bytes)) {
    decoder ??= new TextBlocks(detectEncoding(block))
    const text = decoder.decode(block)
    if (text !== '') yield text
  }
  const rest = decoder?.end() ?? ''
  if (rest !== '') yield rest
}

/** Decodes blocks of bytes that may end within a character. */
export class TextBlocks {
  private readonly wide: TextDecoder | null
  private rest: Buffer = Buffer.alloc(0)
  private isFirst = true

  constructor(encoding: TextEncoding) {
    this.wide = encoding === 'utf-8' ? null : new TextDecoder(encoding)
  }

  decode(block: Buffer): string {
    // a streaming TextDecoder would be many times slower for UTF-8
    return this.wide?.decode(block, { stream: true }) ?? this.decodeUtf8(block)
  }

  end(): string {
    const { rest } = this
    this.rest = Buffer.alloc(0)
    return this.wide?.decode() ?? this.withoutMark(rest.toString('utf8'))
  }

  private decodeUtf8(block: Buffer): string {
    const whole = this.rest.length === 0 ? block : Buffer.concat([this.rest, block])
    const end = whole.length - unfinished(whole)
    this.rest = Buffer.from(whole.subarray(end))
    return this.withoutMark(whole.toString('utf8', 0, end))
  }

  private withoutMark(text: string): string {
    if (!this.isFirst || text === '') return text
    this.isFirst = false
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  }
}

/** How many bytes at the end begin a character of UTF-8 that goes on behind it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? back : 0
  }
  return 0
}

/** Of a character that begins with a byte. */
function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}

import { Buffer } from 'node:buffer'
import { byteBlocks } from './byte-blocks'
import { declaredCodePage, detectEncoding, type TextEncoding, WINDOWS_1252_PART } from './text-encoding'

const BYTE_ORDER_MARK = '\ufeff'

/**
 * The text of a byte stream in UTF-8 or UTF-16, with or without a byte order mark, or in the code page that its XML declares, in blocks (see
 * `byteBlocks`). Bytes that are no text become U+FFFD.
 * Holds one block in memory.
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextBlocks | null = null
  for await (const block of byteBlocks(bytes)) {
    decoder ??= blocksOf(block)
    const text = decoder.decode(block)
    if (text !== '') yield text
  }
  const rest = decoder?.end() ?? ''
  if (rest !== '') yield rest
}

function blocksOf(first: Buffer): TextBlocks {
  const encoding = detectEncoding(first)
  return new TextBlocks(encoding === 'utf-8' ? (declaredCodePage(first) ?? encoding) : encoding)
}

/** Windows means its own code page by this name, too. */
const LATIN_1 = /^(?:windows-1252|iso-8859-1)$/

/** Decodes blocks of bytes that may end within a character. */
export class TextBlocks {
  private readonly wide: Pick<TextDecoder, 'decode'> | null
  private rest: Buffer = Buffer.alloc(0)
  private isFirst = true

  /** `encoding`: or a code page. */
  constructor(encoding: TextEncoding | string) {
    this.wide = encoding === 'utf-8' ? null : decoderOf(encoding)
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

function decoderOf(encoding: string): Pick<TextDecoder, 'decode'> {
  if (!LATIN_1.test(encoding)) return new TextDecoder(encoding)
  const decode = (bytes?: Buffer) =>
    (bytes ?? Buffer.alloc(0))
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_PART[character.charCodeAt(0) - 0x80] ?? character)
  return { decode: decode as TextDecoder['decode'] }
}

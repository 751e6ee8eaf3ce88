import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeText, TextBlocks } from './decode-text'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function blocks(bytes: Uint8Array, size: number): Promise<string[]> {
  const found: string[] = []
  for await (const block of decodeText(pieces(bytes, size))) found.push(block)
  return found
}

const encodings: readonly [string, (text: string) => Buffer][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16LE without a byte order mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
]

test.each(encodings)('%s decodes to the same text however it is split', async (_, encode) => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const line = `{"ä文🙂": 1}${text}`
      // cut-off surrogates cannot be written
      fc.pre(!text.includes('\ufeff'))
      expect((await blocks(encode(line), size)).join('')).toBe(line)
    }),
  )
})

const declared = (name: string) => Buffer.from(`<?xml version="1.0" encoding="${name}"?><a>`)

test.each<[string, number[], string]>([
  ['windows-1252', [0x4a, 0xf6, 0x80, 0x85], 'Jö€…'],
  ['ISO-8859-1', [0x4a, 0xf6], 'Jö'],
  ['windows-1251', [0xcf, 0xf0], 'Пр'],
  ['Shift_JIS', [0x93, 0xfa, 0x96, 0x7b], '日本'],
  ['utf-8', [...Buffer.from('Jö')], 'Jö'],
  ['unheard-of', [...Buffer.from('Jö')], 'Jö'],
])('XML is read in the code page %s that it declares, however it is split', async (name, bytes, text) => {
  const whole = Buffer.concat([declared(name), Buffer.from(bytes)])
  for (const size of [1, 3, 1000])
    expect((await blocks(whole, size)).join('')).toBe(`${declared(name)}${text}`)
})

test('every code page that is read has a decoder, in blocks of any size too', async () => {
  const names = [
    'windows-874',
    'windows-949',
    'ibm866',
    'koi8-r',
    'gbk',
    'gb2312',
    'gb18030',
    'big5',
    'euc-kr',
    'euc-jp',
  ]
  for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15]) names.push(`iso-8859-${id}`)
  for (const id of [0, 1, 2, 3, 4, 5, 6, 7, 8]) names.push(`windows-125${id}`)
  for (const name of names)
    expect(
      (await blocks(Buffer.concat([declared(name), Buffer.alloc(70_000, 'x')]), 999)).join(''),
    ).toHaveLength(70_000 + declared(name).length)
})

test('blocks are bounded whatever the size of the pieces', async () => {
  const bytes = Buffer.from('{}'.repeat(1_000_000))
  for (const size of [100, 65_536, bytes.length]) {
    const lengths = (await blocks(bytes, size)).map((block) => block.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(320 * 1024)
    expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThanOrEqual(64 * 1024)
  }
})

test('a text shorter than a byte order mark is read, and an empty one has no block', async () => {
  expect(await blocks(Buffer.from('{}'), 1)).toEqual(['{}'])
  expect(await blocks(new Uint8Array(0), 1)).toEqual([])
})

test('bytes that are no text become the same replacement characters however they are split', () => {
  const byte = fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0xef, 0xbb, 0xbf, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0x41),
  )
  fc.assert(
    fc.property(fc.array(fc.array(byte, { maxLength: 6 })), (blocks) => {
      const decoder = new TextBlocks('utf-8')
      const text = blocks.map((block) => decoder.decode(Buffer.from(block))).join('') + decoder.end()
      expect(text).toBe(new TextDecoder().decode(Buffer.from(blocks.flat())))
    }),
    { numRuns: 3000 },
  )
})

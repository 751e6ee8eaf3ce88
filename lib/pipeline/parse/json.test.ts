import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liveHeap } from '@/fixtures/live-heap'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseJson } from './json'

async function* pieces(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function items(text: string | Uint8Array, sizes?: readonly number[]): Promise<ParsedItem[]> {
  const found: ParsedItem[] = []
  for await (const item of parseJson(pieces(Buffer.from(text), sizes))) found.push(item)
  return found
}

/** Records as their fields, rejections as their reasons. */
async function read(text: string | Uint8Array): Promise<unknown[]> {
  return (await items(text)).map((item) =>
    item.kind === 'record' ? item.record.fields : item.rejection.reason,
  )
}

const A = { EventID: 1, CommandLine: 'a "quoted" \\ {path} [x]\n', nested: { list: [1, [2], {}] } }
const B = { EventID: '3', image: 'Ann\u202egepj.exe 문 🙂' }
const [a, b] = [JSON.stringify(A), JSON.stringify(B)]
const [prettyA, prettyB] = [JSON.stringify(A, null, 2), JSON.stringify(B, null, 2)]

describe('the objects are found in', () => {
  test.each<[string, string]>([
    ['NDJSON', `${a}\n${b}\n`],
    ['NDJSON without a last line break', `${a}\n${b}`],
    ['NDJSON with CRLF and empty lines', `\r\n${a}\r\n\r\n${b}\r\n`],
    ['an array on one line', `[${a},${b}]`],
    ['an array on one line with a last line break', `[${a},${b}]\n`],
    ['an array of lines', `[\n${a},\n${b}\n]\n`],
    ['a pretty-printed array', JSON.stringify([A, B], null, 4)],
    ['a pretty-printed array with CRLF', JSON.stringify([A, B], null, 2).replaceAll('\n', '\r\n')],
    ['a pretty-printed array without indentation', JSON.stringify([A, B], null, 1).replaceAll('\n ', '\n')],
    ['an array of arrays', `[[${a}],[${b}]]`],
    ['pretty-printed objects one after the other', `${prettyA}\n${prettyB}\n`],
    ['objects one after the other without anything between', `${a}${b}`],
    ['objects of both kinds', `${prettyA}${b}`],
  ])('%s', async (_, text) => {
    expect(await read(text)).toEqual([A, B])
  })

  test.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${a}\n${b}`)],
    ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${a}\n${b}`, 'utf16le')],
    ['UTF-16LE without one', Buffer.from(`${a}\n${b}`, 'utf16le')],
    ['UTF-16BE with a byte order mark', Buffer.from(`\ufeff${a}\n${b}`, 'utf16le').swap16()],
    ['UTF-16BE without one', Buffer.from(`${a}\n${b}`, 'utf16le').swap16()],
  ])('%s', async (_, bytes) => {
    expect(await read(bytes)).toEqual([A, B])
  })

  test('a line, which a record is kept as; what stands on several lines, or holds several records, is made one', async () => {
    const spaced = '{ "EventID": 1.0, "EventID": 3 }'
    const rows = '{"records":[{"a":1}]}'
    const texts = (await items(`${spaced} ,\r\n${prettyB}\n[${spaced},${a}]${rows}\n`)).map((item) =>
      item.kind === 'record' ? item.record.text : item.rejection,
    )
    expect(texts).toEqual([spaced, undefined, spaced, a, undefined])
  })

  test('nothing, which has none', async () => {
    expect(await read('')).toEqual([])
    expect(await read(' \r\n [ ] ')).toEqual([])
  })
})

describe('one broken record is one rejection, and the next is read:', () => {
  const INVALID = 'it is not valid JSON'
  const UNENDED = 'a text in it does not end on its line'
  const CUT = 'the file ends inside this record: it may be cut off'
  test.each<[string, string, unknown[]]>([
    ['a bare word', `{"a": oops}\n${b}\n`, [INVALID, B]],
    ['a line cut in a text', `{"a": "oops\n${b}\n`, [UNENDED, B]],
    ['a line cut after a value', `{"a": {"c": 1,\n${b}\n${a}\n`, [INVALID, B, A]],
    ['a line cut after a colon', `{"a":\n${b}\n${a}\n`, [INVALID, B, A]],
    ['a line cut in a list', `{"a": [1,\n${b}\n${a}\n`, [INVALID, B, A]],
    ['a quote too many', `{"a": "x"y"}\n${b}\n`, [INVALID, B]],
    ['a bracket too few', `{"a": [1}\n${b}\n`, [INVALID, B]],
    ['brackets too many', `{"a": 1}}}\n${b}\n`, [{ a: 1 }, 'no JSON object begins here', B]],
    ['a line of something else', `oops, really\n${b}\n`, ['no JSON object begins here', B]],
    ['elements that are no objects', `[1, 2, "x", ${b}]`, ['no JSON object begins here', B]],
    ['an element of an array on one line', `[{"a": "x"y"},${b}]`, [INVALID, B]],
    [
      'an element of a pretty-printed array',
      `[\n  {\n    "a": {\n      "c": oops"\n    }\n  },\n  ${b}\n]`,
      [INVALID, B],
    ],
    ['a pretty-printed object', `{\n  "a": "oops,\n  "c": {\n    "d": 1\n  }\n}\n${b}\n`, [UNENDED, B]],
    ['the last one, cut off', `${b}\n{"a": {"c": "oo`, [B, CUT]],
    ['the last one, cut off between texts', `${b}\n{"a": {"c": "oo",`, [B, CUT]],
    ['the last element, cut off', `[${b},{"a": [`, [B, CUT]],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toEqual(expected)
  })

  test('one nested too deep', async () => {
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    const reason = 'it is nested deeper than 64 levels'
    expect(await read(`${deep(65)}\n${b}\n`)).toEqual([reason, B])
    expect(await read(`${deep(100_000)}\n${b}\n`)).toEqual([reason, B])
    expect(await read(`${deep(64)}\n${b}\n`)).toEqual([JSON.parse(deep(64)), B])
  })

  test('one of more than 1 MiB, wherever it stands', async () => {
    const large = JSON.stringify({ a: 'x'.repeat(1024 * 1024), b: [{}, { c: 1 }] })
    const reason = 'the record is larger than 1 MiB'
    expect(await read(`${large}\n${b}\n`)).toEqual([reason, B])
    expect(await read(`[${large},${b}]`)).toEqual([reason, B])
    expect(await read(`${large.replaceAll(',', ',\n  ')}\n${b}\n`)).toEqual([reason, B])
    const fits = JSON.stringify({ a: 'x'.repeat(1024 * 1024 - 8) })
    expect(await read(`[${fits},${b}]`)).toEqual([JSON.parse(fits), B])
  })
})

test('records and rejections are numbered in order from 1', async () => {
  const found = await items(`${a}\noops\n[${b},{"a"\n]`)
  const positions = found.map((item) => (item.kind === 'record' ? item.record : item.rejection).position)
  expect(positions).toEqual([1, 2, 3, 4])
})

const fragment = fc.oneof(
  fc.constantFrom(
    a,
    b,
    prettyA,
    prettyB,
    '{"a": "oops',
    '{"a": [',
    '{"a":',
    '{"x": 1,\n',
    '}',
    ']',
    '[',
    ',',
    '\\',
    '"',
    '\n',
    '\r\n',
    ' ',
  ),
  fc.json(),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const file = fc.array(fragment, { maxLength: 20 }).map((fragments) => fragments.join(''))

test('any split of the bytes gives the same items', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(file, sizes, async (text, split) => {
      expect(await items(text, split)).toEqual(await items(text))
    }),
    { numRuns: 500 },
  )
})

test('any split into decoded blocks gives the same items', async () => {
  // blocks hold 64 Ki characters: longer files cross their borders
  const long = fc.tuple(file, fc.integer({ min: 65_400, max: 65_540 })).map(([text, size]) => {
    return `{"pad":"${'\\\\'.repeat(size / 2)}"}${text}`
  })
  await fc.assert(
    fc.asyncProperty(long, async (text) => {
      expect(await items(text, [1000])).toEqual(await items(text))
    }),
    { numRuns: 100 },
  )
})

test('no bytes make it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      await items(bytes)
    }),
    { numRuns: 300 },
  )
})

test('a valid line after any broken one is read', async () => {
  const broken = fc
    .oneof(fc.constantFrom(a, prettyA.replaceAll('\n', ' ')), fc.json())
    .chain((json) => fc.nat(json.length).map((length) => json.slice(0, length)))
  await fc.assert(
    fc.asyncProperty(broken, async (start) => {
      const found = await items(`${start}\n${b}\n${a}\n`)
      expect(found.at(-1)).toMatchObject({ kind: 'record', record: { fields: A } })
      expect(found.at(-2)).toMatchObject({ kind: 'record', record: { fields: B } })
    }),
    { numRuns: 500 },
  )
})

test('hostile files take time in proportion to their size', async () => {
  const hostile = [
    '{"a":[\n',
    '{\n',
    '{"a":\n',
    '{}',
    '{"a":"\n',
    '[{"a":"x"y,',
    '\\',
    '{"a":"\\',
    '[',
    '{"a":[\n{},\n',
    '{"a":{"b":[',
    '"',
  ]
  for (const line of hostile)
    expect(await items(line.repeat(500_000 / line.length))).toEqual(expect.any(Array))
})

const MB = 1024 * 1024
const LINE_BYTES = 24 * MB

async function* oneLine(start: string, repeated: string, onPiece: (sent: number) => void) {
  const piece = Buffer.from(repeated.repeat(Math.ceil(65_536 / repeated.length)))
  yield Buffer.from(start)
  for (let sent = 0; sent < LINE_BYTES; sent += piece.length) {
    onPiece(sent)
    yield piece
  }
}

test.each([
  ['an array on one line of 24 MB', '[', `${a},`],
  ['one text of 24 MB', '{"a":"', 'x'],
  ['one object of 24 MB', '{"a":[', '{"b":1},'],
])('%s is read in flat memory', async (_, start, repeated) => {
  const before = liveHeap()
  const needed: number[] = []
  const sample = (sent: number) => {
    if (sent > (needed.length + 1) * 5 * MB) needed.push(liveHeap() - before)
  }
  let count = 0
  for await (const item of parseJson(oneLine(start, repeated, sample))) count += item === null ? 0 : 1
  expect(count).toBeGreaterThan(0)
  expect(needed).toHaveLength(4)
  expect(Math.max(...needed)).toBeLessThan(MB)
})

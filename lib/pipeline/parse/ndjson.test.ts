import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pieces } from '@/fixtures/pieces'
import { MAX_RECORD_CHARACTERS, TOO_LARGE } from './limits'
import { isNdjson, parseNdjson } from './ndjson'

async function read(text: string, lengths?: readonly number[]) {
  const told: unknown[] = []
  for await (const { item, line } of parseNdjson(pieces(Buffer.from(text), lengths)))
    told.push([line, item.kind === 'record' ? item.record.fields : item.rejection.reason])
  return told
}

const NO_JSON = 'no JSON object begins here'

test('each line that cannot be read is one rejection with its number, whatever stands beside it', async () => {
  const long = `{"x":"${'y'.repeat(MAX_RECORD_CHARACTERS)}"}`
  const lines = [
    '{"a":1}',
    '',
    'no JSON',
    'none either',
    ' \t',
    '{"torn":',
    '{"b":2}\r',
    '42',
    long,
    '{"c":3} ',
  ]
  expect(await read(lines.join('\n'))).toEqual([
    [1, { a: 1 }],
    [3, NO_JSON],
    [4, NO_JSON],
    [6, expect.stringMatching(/\w/)],
    [7, { b: 2 }],
    [8, NO_JSON],
    [9, TOO_LARGE],
    [10, { c: 3 }],
  ])
})

test('objects that share a line, and rows of one object, have its number and places of their own', async () => {
  const rows = { name: 'q', hostIdentifier: 'ws-1', snapshot: [{ pid: '1' }, { pid: '2' }] }
  const found = []
  for await (const one of parseNdjson(pieces(Buffer.from(`{"a":1}{"b":2}\n${JSON.stringify(rows)}\n`))))
    found.push(one)
  expect(found.map(({ line }) => line)).toEqual([1, 1, 2, 2])
  const records = found.flatMap(({ item }) => (item.kind === 'record' ? [item.record] : []))
  expect(records.map(({ position }) => position)).toEqual([1, 2, 3, 4])
})

test.each([
  ['{"a":1}\n{"b":2}\n', true],
  ['\ufeff\r\n{"a":1}\r\n', true],
  ['no JSON\n{"a":1}\n', true],
  ['{"a":1}', false],
  ['[{"a":1},\n{"b":2}]\n', false],
  ['{\n  "a": 1\n}\n', false],
  ['{"torn":\n{"a":1}\n', false],
  ['{"took":1,"hits":{"hits":[{"_source":{}}]}}\n', false],
  ['a,b,c\n1,2,3\n', false],
  ['', false],
])('%j is NDJSON: %s', (text, is) => expect(isNdjson(Buffer.from(text))).toBe(is))

test('any split of the bytes reads the same', async () => {
  const line = fc.constantFrom('{"a":"ä😀"}', '', 'no JSON', '{"torn":', '{"a":1}{"b":2}', '[]')
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.integer({ min: 1, max: 9 })), async (lines, lengths) => {
      const text = lines.join('\n')
      expect(await read(text, lengths)).toEqual(await read(text))
    }),
  )
})

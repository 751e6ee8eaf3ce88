import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { JsonPart, parseJson } from './json'

const LINES = [
  '{"EventID":1,"CommandLine":"a \\"b\\" {c}"}',
  '{"EventID":2},',
  '{"EventID":3}{"EventID":4}',
  '{"EventID":5,"x":"문 🙂"}\r',
  '  {"EventID":6}',
  '\ufeff{"EventID":7}',
  '{"EventID":8,"x":"never ended',
  '{"EventID":9,',
  '"x":{"y":[1,2]}',
  '}',
  '[',
  ']',
  '',
  'no JSON at all',
  '{"snapshot":[{"a":"1"},{"a":"2"}],"hostIdentifier":"h"}',
]

async function whole(bytes: Buffer): Promise<ParsedItem[]> {
  const items: ParsedItem[] = []
  for await (const item of parseJson([bytes] as unknown as AsyncIterable<Uint8Array>)) items.push(item)
  return items
}

function positioned(item: ParsedItem, before: number): ParsedItem {
  return item.kind === 'record'
    ? { kind: 'record', record: { ...item.record, position: item.record.position + before } }
    : { kind: 'rejection', rejection: { ...item.rejection, position: item.rejection.position + before } }
}

/** The items of a file's parts as far as each begins where a record may begin. */
function inParts(parts: readonly Buffer[]): { items: ParsedItem[]; isWhole: boolean } {
  const items: ParsedItem[] = []
  for (const [index, bytes] of parts.entries()) {
    const place = { isFirst: index === 0, isLast: index === parts.length - 1 }
    const part = new JsonPart(place)
    const found = [...part.read(bytes)]
    if (!place.isLast && !part.endsBetweenRecords) return { items, isWhole: false }
    const before = items.length
    items.push(...found.map((item) => positioned(item, before)))
  }
  return { items, isWhole: true }
}

test('parts that each end between two records are read as the file is, and others begin as it does', async () => {
  const line = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...LINES.slice(0, 2)) },
    fc.constantFrom(...LINES),
  )
  const parts = fc.array(
    fc.array(line, { maxLength: 6 }).map((lines) => Buffer.from(lines.map((one) => `${one}\n`).join(''))),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(parts, async (cut) => {
      const expected = await whole(Buffer.concat(cut))
      const { items, isWhole } = inParts(cut)
      expect(items).toEqual(isWhole ? expected : expected.slice(0, items.length))
    }),
    { numRuns: 2_000 },
  )
})

test('the list of a search is one that parts do not tell apart', () => {
  const answer = Buffer.from('{"took":1,"hits":{"hits":[\n{"a":1},\n{"a":2}')
  const { items, isWhole } = inParts([answer, Buffer.from(',\n{"a":3}]}}')])
  expect({ items, isWhole }).toEqual({ items: [], isWhole: false })
})

test('lines of one record each are read in parts to their end, wherever they are cut behind a line', () => {
  const parts = ['{"a":1}\n{"a":2}\n', '{"a":3}\r\n', '', '{"a":4}'].map((text) => Buffer.from(text))
  const { items, isWhole } = inParts(parts)
  expect(isWhole).toBe(true)
  expect(items.map((item) => item.kind === 'record' && item.record.fields['a'])).toEqual([1, 2, 3, 4])
})

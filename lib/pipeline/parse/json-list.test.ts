import { describe, expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { parseJson } from './json'
import { listStart } from './json-list'

const read = async (text: string, sizes?: number[]) => contents(await collect(parseJson(pieces(text, sizes))))

const A = { EventID: 1, Image: 'a]}' }
const B = { EventID: 2, list: [{ value: [1] }] }
const hit = (source: object) => ({ _index: 'x', _source: source })
const answers: Record<string, object> = {
  Elasticsearch: {
    took: 5,
    timed_out: false,
    _shards: { total: 1, failed: 0 },
    hits: { total: { value: 2, relation: 'eq' }, max_score: null, hits: [hit(A), hit(B)] },
  },
  Defender: { Schema: [{ Name: 'Timestamp', Type: 'DateTime' }], Results: [A, B] },
  Graph: { '@odata.context': 'https://x/$metadata#"y"', schema: [], results: [A, B] },
  Azure: { value: [A, B], nextLink: null },
  'an event hub': { records: [A, B] },
}

describe.each(Object.entries(answers))('the answer of %s', (name, answer) => {
  const expected = name === 'Elasticsearch' ? [hit(A), hit(B)] : [A, B]
  test.each<[string, string]>([
    ['on one line', JSON.stringify(answer)],
    ['pretty-printed', JSON.stringify(answer, null, 2)],
    ['in UTF-16', JSON.stringify(answer)],
  ])('%s gives each record of its list', async (how, text) => {
    const bytes = how === 'in UTF-16' ? Buffer.from(text, 'utf16le') : Buffer.from(text)
    expect(contents(await collect(parseJson(pieces(bytes))))).toEqual(expected)
  })

  test('gives them also as a line among others', async () => {
    expect(await read(`${JSON.stringify(A)}\n${JSON.stringify(answer)}\n${JSON.stringify(B)}\n`)).toEqual([
      A,
      ...expected,
      B,
    ])
  })
})

test('an answer of any size is read record by record, and one that is broken is one rejection', async () => {
  const many = Array.from({ length: 30_000 }, (_, id) => ({ ...A, id, pad: 'x'.repeat(60) }))
  const text = JSON.stringify({ Schema: [], Results: many }).replace('"id":7,', '"id":oops,')
  const found = await read(text, [70_000])
  expect(found).toHaveLength(30_000)
  expect(found[7]).toBe('it is not valid JSON')
  expect(found.at(-1)).toMatchObject({ id: 29_999 })
})

test('answers by line are all read, and what follows on the last line is not lost in silence', async () => {
  const text = JSON.stringify({ records: [A, B] })
  const more = 'more follows the list of records on its last line: it is not read'
  expect(await read(`${text}\n${text}\r\n${JSON.stringify(A)}\n`)).toEqual([A, B, A, B, A])
  expect(await read(`${JSON.stringify({ records: [A] }, null, 2)}\n${text}\n`)).toEqual([A, A, B])
  expect(await read(`${text}${text}\n${text}`)).toEqual([A, B, more, A, B])
})

test.each([
  JSON.stringify({ EventID: 1, value: [{ a: 1 }] }),
  JSON.stringify({ '@timestamp': 'x', events: [{ a: 1 }] }),
  JSON.stringify({ a: { b: { c: 1 } }, value: [{ a: 1 }] }),
  JSON.stringify({ value: [1, 2] }),
  JSON.stringify([{ value: [{ a: 1 }] }]),
])('%s is no answer', (text) => {
  expect(listStart(text)).toBeNull()
})

test('hostile beginnings take no time', () => {
  for (const text of ['{"a":{', '{"a":[', '{"a":"\\', '{"a":1,', '{"', '{"hits":{', '{"a":{},'])
    expect(listStart(text.repeat(100_000))).not.toBeUndefined()
})

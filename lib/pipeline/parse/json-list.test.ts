import fc from 'fast-check'
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
  Falcon: { meta: { query_time: 0.1, writes: { resources_affected: 0 } }, resources: [A, B] },
  'Defender with statistics': {
    Stats: { time: 0.1, usage: { cache: { memory: { hits: 0 } } }, sets: [{ a: 1 }] },
    Schema: [],
    Results: [A, B],
  },
  Kibana: { id: 'F', rawResponse: { took: 3, hits: { total: 2, hits: [hit(A), hit(B)] } }, isPartial: false },
  'an asynchronous search': {
    id: 'F',
    is_partial: false,
    response: { took: 3, hits: { hits: [hit(A), hit(B)] } },
  },
  'several searches': {
    took: 1,
    responses: [
      { took: 1, hits: { hits: [hit(A)] } },
      { took: 1, hits: { hits: [] } },
      { hits: { hits: [hit(B)] } },
    ],
  },
  'Elasticsearch with aggregations': {
    took: 3,
    hits: { total: { value: 2 }, hits: [hit(A), hit(B)] },
    aggregations: { 'a"{': { buckets: [{ key: '}]', doc_count: 2 }] } },
  },
  Splunk: { preview: false, messages: [], fields: [{ name: '_raw' }], results: [A, B], highlighted: {} },
  Azure: { value: [A, B], nextLink: null },
  'an event hub': { records: [A, B] },
}

describe.each(Object.entries(answers))('the answer of %s', (_, answer) => {
  const isHits = JSON.stringify(answer).includes('"hits":[')
  const expected = isHits ? [hit(A), hit(B)] : [A, B]
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

test('answers of columns and rows are a record each row, and what ends a stream is none', async () => {
  const table = {
    tables: [{ name: 'x', columns: [{ name: 'EventID' }, { name: 'Image' }], rows: [[1, 'a']] }],
  }
  const rows = { preview: false, fields: ['EventID', 'Image'], rows: [[1, 'a'], [2]] }
  const lines = [table, rows, { preview: true, result: A }, { preview: false, lastrow: true }]
  expect(await read(lines.map((line) => JSON.stringify(line)).join('\n'))).toEqual([
    { EventID: 1, Image: 'a' },
    { EventID: 1, Image: 'a' },
    { EventID: 2 },
    { preview: true, result: A },
  ])
})

test('any split of an answer gives the same', async () => {
  for (const answer of Object.values(answers)) {
    const text = `${JSON.stringify(answer)}${' '.repeat(66_000)}\n${JSON.stringify(A)}`
    const whole = await read(text)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), async (sizes) => {
        expect(await read(text, sizes)).toEqual(whole)
      }),
      { numRuns: 10 },
    )
  }
})

test('an answer of any size is read record by record, and one that is broken is one rejection', async () => {
  const many = Array.from({ length: 30_000 }, (_, id) => ({ ...A, id, pad: 'x'.repeat(60) }))
  const text = JSON.stringify({ Schema: [], Results: many }).replace('"id":7,', '"id":oops,')
  const found = await read(text, [70_000])
  expect(found).toHaveLength(30_000)
  expect(found[7]).toBe('it is not valid JSON')
  expect(found.at(-1)).toMatchObject({ id: 29_999 })
})

test('an answer of Falcon of any size is read record by record', async () => {
  const resources = Array.from({ length: 10_000 }, (_, id) => ({ id, pad: 'x'.repeat(120) }))
  const meta = { query_time: 0.1, writes: { resources_affected: 0 } }
  expect(await read(JSON.stringify({ meta, resources, errors: [] }), [70_000])).toEqual(resources)
})

test('answers by line are all read, and what follows on the last line is not lost in silence', async () => {
  const text = JSON.stringify({ records: [A, B] })
  const more = 'more follows the list of records on its last line: it is not read'
  expect(await read(`${text}\n${text}\r\n${JSON.stringify(A)}\n`)).toEqual([A, B, A, B, A])
  expect(await read(`${JSON.stringify({ records: [A] }, null, 2)}\n${text}\n`)).toEqual([A, A, B])
  expect(await read(`${text}${text}\n${text}`)).toEqual([A, B, more, A, B])
})

test('a list of a name that is not known is told of once, and what an answer says of itself is not', async () => {
  const unknown = 'a list of a name that is not known follows: it is not read'
  expect(await read(JSON.stringify({ value: [A], data: [B, B], more: 1 }))).toEqual([A, unknown])
  expect(await read(JSON.stringify({ value: [A], data: [B], value2: [B] }, null, 2))).toEqual([
    A,
    unknown,
    unknown,
  ])
  const quiet = {
    value: [A],
    Schema: [{ Name: 'x' }],
    messages: [{ type: 'x' }],
    ids: [1, 2],
    data: { a: [B] },
  }
  expect(await read(JSON.stringify(quiet))).toEqual([A])
})

test('every list of an answer is read or told of on whichever line it stands', async () => {
  const unknown = 'a list of a name that is not known follows: it is not read'
  const several = JSON.stringify({ value: [A], results: [B, A], Events: [B], nextLink: null })
  const strange = JSON.stringify({ value: [A], data: [B, B], ids: [1], Schema: [{ Name: 'x' }], other: [B] })
  const first = [A, B, A, B, A, unknown, unknown]
  expect(await read(`${several}\n${strange}\n`)).toEqual(first)
  expect(await read(`${several}\n${several}\n${strange}\n${JSON.stringify(B)}\n`)).toEqual([
    ...[A, B, A, B],
    ...first,
    B,
  ])
  // an event is one record whatever it lists
  const event = { value: 'x', EventID: 1, events: [{ a: 1 }], data: [{ b: 1 }] }
  expect(await read(`${JSON.stringify(A)}\n${JSON.stringify(event)}\n`)).toEqual([A, event])
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
  for (const text of [
    '{"a":{',
    '{"a":[',
    '{"a":"\\',
    '{"a":1,',
    '{"',
    '{"hits":{',
    '{"a":{},',
    '{"Stats":{',
    '{"Stats":{"a":{}',
    '{"response":{',
  ])
    expect(listStart(text.repeat(100_000))).not.toBeUndefined()
})

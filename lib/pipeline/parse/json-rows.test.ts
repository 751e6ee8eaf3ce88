import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '@/lib/pipeline/event/raw-record'
import { rowsOf } from './json-rows'

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`)
const osquery = { name: 'x', hostIdentifier: 'ws01', unixTime: 1709280950 }

test('a small text never stands for more than it has: what would be is the record itself', () => {
  const emptyRows = Array.from({ length: 4000 }, () => [])
  const table = { tables: [{ columns: names(4000), rows: emptyRows }] }
  expect(rowsOf(table)).toEqual([table])
  const splunk = { preview: false, fields: ['x'.repeat(500_000)], rows: emptyRows }
  expect(rowsOf(splunk)).toEqual([splunk])
  const many = Object.fromEntries(names(2000).map((name) => [name, 1]))
  const snapshot = { ...osquery, ...many, snapshot: Array.from({ length: 2000 }, () => ({})) }
  expect(rowsOf(snapshot)).toEqual([snapshot])
  const diffResults = { added: [], removed: Array.from({ length: 2000 }, () => ({})) }
  const diff = { ...osquery, decorations: { a: 'x'.repeat(500_000) }, diffResults }
  expect(rowsOf(diff)).toEqual([diff])
})

test('a row has its own cells, under the names of their columns', () => {
  const rows = [[1, 'a', 'more'], [2], []]
  expect(rowsOf({ tables: [{ columns: ['EventID', { name: 'Image' }], rows }] })).toEqual([
    { EventID: 1, Image: 'a' },
    { EventID: 2 },
    {},
  ])
})

test('what is listed column by column is as many records as the columns have values, if all have as many', () => {
  const answer = (columns: JsonValue) => ({ preview: false, fields: ['EventID', 'Image'], columns })
  expect(
    rowsOf(
      answer([
        [1, 2],
        ['a', 'b'],
      ]),
    ),
  ).toEqual([
    { EventID: 1, Image: 'a' },
    { EventID: 2, Image: 'b' },
  ])
  for (const columns of [[[1, 2], ['a']], [[], []], [1, 2], [], 'x'] as JsonValue[])
    expect(rowsOf(answer(columns))).toEqual([answer(columns)])
})

test('ten thousand rows of a snapshot are as many records', () => {
  const snapshot = Array.from({ length: 10_000 }, (_, pid) => ({ pid }))
  expect(rowsOf({ ...osquery, snapshot })).toHaveLength(10_000)
})

test('no record vanishes because it looks like the answers of several searches, and no failed search does', () => {
  const found = { hits: { hits: [{ _source: { EventID: 1 } }] } }
  const fault = { error: { type: 'x' }, status: 404 }
  expect(rowsOf({ took: 1, responses: [fault, found, { hits: { hits: [] } }] })).toEqual([
    fault,
    { _source: { EventID: 1 } },
  ])
  const records: JsonObject[] = [
    { responses: [{ EventID: 1 }], z: 1 },
    { took: 1, responses: [fault] },
    { value: 'x', EventID: 1, responses: [] },
  ]
  for (const record of records) expect(rowsOf(record)).toEqual([record])
})

test('an answer that describes columns and lists records has those', () => {
  const results = [{ EventID: 1 }, { EventID: 2 }]
  expect(rowsOf({ took: 1, columns: [{ name: 'EventID' }], results })).toEqual(results)
})

test('each process of an alert that tells of many devices has its own', () => {
  const ids = names(9000)
  const devices = ids.map((id) => ({
    '@odata.type': '#microsoft.graph.security.deviceEvidence',
    ...{ mdeDeviceId: id, deviceDnsName: `host-${id}` },
  }))
  const processes = ids.map((id) => ({ entityType: 'Process', mdeDeviceId: id }))
  const rows = rowsOf({ id: 'a', evidence: [...devices, ...processes] })
  expect(rows.map(({ deviceDnsName }) => deviceDnsName)).toEqual(ids.map((id) => `host-${id}`))
})

import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pool } from '@/lib/store/pool'
import { findRow, sql } from '@/lib/store/sql'
import { withTestDatabase } from '@/lib/store/test-database'
import { safeText } from './copy-out'
import { LastField, type ToField } from './last-field'

withTestDatabase()

const text = fc
  .array(fc.constantFrom('a', '"', '\n', '\r', ',', ';', '\t', '=', '@', '-', '\uff1d', 'é', '\\.'), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))

const hex = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('hex')
const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`

/** The records of a CSV whose last fields `toField` makes, sent in pieces. */
async function made(csv: string, toField: ToField, size: number): Promise<string[][]> {
  const stream = new LastField(toField)
  const bytes = Buffer.from(csv)
  for (let at = 0; at < bytes.length; at += size) stream.write(bytes.subarray(at, at + size))
  stream.end()
  return parse((await buffer(stream)).toString('utf8'), { record_delimiter: '\n' })
}

test('the last field is made of its parts, all others stay, however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text)), fc.integer({ min: 1, max: 7 }), async (rows, size) => {
      const csv = `first,last\n${rows.map(([first, last]) => `${quoted(first)},${hex([last, null])}\n`).join('')}`
      const found = await made(csv, (parts) => hex(parts), size)
      expect(found).toEqual([['first', 'last'], ...rows.map(([first, last]) => [first, hex([last, null])])])
    }),
  )
  expect(await made(`a,b\n1,${hex([1])}\n`, () => null, 3)).toEqual([
    ['a', 'b'],
    ['1', ''],
  ])
})

test('what is made begins no formula, as no column does', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (last) => {
      const [, record] = await made(`a,b\n1,${hex([last])}\n`, ([part]) => part as string, 64)
      const column = await findRow<{ safe: string }>(
        pool(),
        sql`SELECT ${safeText(sql`t`)} AS safe FROM (SELECT ${last}::text AS t) one`,
      )
      expect(record?.[1]).toBe(column?.safe)
    }),
    { numRuns: 60 },
  )
})

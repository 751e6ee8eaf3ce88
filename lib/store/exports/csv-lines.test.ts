import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CsvLines } from './csv-lines'

const field = fc
  .array(fc.constantFrom('a', '"', '""', '\n', '\r', '\r\n', ',', ';', 'é', '\\.'), { maxLength: 6 })
  .map((parts) => parts.join(''))
const records = fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 6 })

/** As PostgreSQL prints it. */
function printed(rows: readonly (readonly string[])[]): string {
  return rows
    .map(
      (row) =>
        `${row.map((text) => (/[",\r\n]|^\\\.$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')}\n`,
    )
    .join('')
}

test('records end in CRLF and hold what they held, however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
      const bytes = Buffer.from(printed(rows))
      const lines = new CsvLines()
      for (let at = 0; at < bytes.length; at += size) lines.write(bytes.subarray(at, at + size))
      lines.end()
      const text = (await buffer(lines)).toString('utf8')
      expect(text.endsWith('\r\n')).toBe(true)
      expect(parse(text, { record_delimiter: '\r\n' })).toEqual(rows)
      expect(lines.records).toBe(rows.length)
    }),
  )
})

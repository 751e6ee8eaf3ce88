import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, ParsedItem } from '@/lib/pipeline/event/raw-record'
import { parseCsv } from './csv'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function items(text: string, size = 65_536): Promise<ParsedItem[]> {
  const found: ParsedItem[] = []
  for await (const item of parseCsv(pieces(Buffer.from(text), size))) found.push(item)
  return found
}

/** Records as their cells, rejections as their reasons. */
async function read(text: string): Promise<unknown[]> {
  return (await items(text)).map((item) =>
    item.kind === 'record' ? Object.values(item.record.fields) : item.rejection.reason,
  )
}

const HEADER = 'EventID,NewProcessName,CommandLine'
const ROW = ['4688', 'C:\\a.exe', 'a  "b, c"\r\nd']
const ROW_TEXT = '4688,C:\\a.exe,"a  ""b, c""\r\nd"'
const PLAIN = ['4688', 'C:\\b.exe', '']
const PLAIN_TEXT = '4688,C:\\b.exe,'

describe('rows are read from', () => {
  test.each<[string, string]>([
    ['lines', `${HEADER}\n${ROW_TEXT}\n${PLAIN_TEXT}\n`],
    ['lines without a last line break', `${HEADER}\n${ROW_TEXT}\n${PLAIN_TEXT}`],
    ['CRLF, empty lines and a byte order mark', `\ufeff${HEADER}\r\n${ROW_TEXT}\r\n\r\n${PLAIN_TEXT}\r\n`],
    ['a quoted header', `"EventID","NewProcessName","CommandLine"\n${ROW_TEXT}\n${PLAIN_TEXT}\n`],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\n4688;C:\\a.exe;"a  ""b, c""\r\nd"\n4688;C:\\b.exe;\n`],
    ['tabs', `${HEADER.replaceAll(',', '\t')}\n4688\tC:\\a.exe\t"a  ""b, c""\r\nd"\n4688\tC:\\b.exe\t\n`],
  ])('%s', async (_, text) => {
    expect(await read(text)).toEqual([ROW, PLAIN])
  })

  test('a table whose first column has no name', async () => {
    const [item] = await items(`,${HEADER}\n0,${ROW_TEXT}\n`)
    expect(item).toMatchObject({ record: { fields: { EventID: '4688', CommandLine: ROW[2] } } })
  })

  test('columns with their zone beside the name, as Sentinel exports them', async () => {
    const times = async (label: string, cell: string) =>
      (await items(`TimeGenerated ${label},${HEADER}\n${cell},${ROW_TEXT}\n`))[0]
    expect(await times('[UTC]', '2021-01-01T08:15:39Z')).toMatchObject({
      record: { fields: { TimeGenerated: '2021-01-01T08:15:39Z' } },
    })
    expect(await times('[Local Time]', '2021-01-01 08:15')).toMatchObject({
      record: { fields: { TimeGenerated: { '#text': '2021-01-01 08:15', Zone: 'local' } } },
    })
  })
})

describe('one row that cannot be read is one rejection, and the next is read:', () => {
  const QUOTES = 'a quoted cell is followed by something else than the next cell'
  test.each<[string, string, string]>([
    ['too few cells', '4688,x', 'the row has 2 cells, the header 3 columns'],
    ['too many cells', '4688,x,y,z', 'the row has 4 cells, the header 3 columns'],
    ['wrong quotes', '4688,"x"y,z', QUOTES],
    ['a quote that is never closed', '4688,"x,y', QUOTES],
  ])('%s', async (_, row, reason) => {
    expect(await read(`${HEADER}\n${row}\n${ROW_TEXT}\n${PLAIN_TEXT}\n`)).toEqual([reason, ROW, PLAIN])
  })

  test('an unclosed quote at the end', async () => {
    const cut = 'the file ends inside this record: it may be cut off'
    expect(await read(`${HEADER}\n${PLAIN_TEXT}\n4688,"x`)).toEqual([PLAIN, cut])
  })

  test('an unclosed quote with nothing but plain rows after it', async () => {
    const rows = `${PLAIN_TEXT}\n`.repeat(100_000)
    const found = await read(`${HEADER}\n4688,"x,y\n${rows}`)
    expect(found.length).toBe(100_001)
    expect(found[0]).toBe('the record is larger than 1 MiB')
    expect(found[1]).toEqual(PLAIN)
  })

  test('one of more than 1 MiB', async () => {
    const large = 'x'.repeat(1024 * 1024)
    const reason = 'the record is larger than 1 MiB'
    expect(await read(`${HEADER}\n4688,${large},\n${PLAIN_TEXT}\n`)).toEqual([reason, PLAIN])
    expect(await read(`${HEADER}\n4688,"${large}",\n${PLAIN_TEXT}\n`)).toEqual([reason, PLAIN])
  })
})

describe('the dates of a table show which number is the day, also in rows before:', () => {
  const orders = async (dates: readonly string[]) =>
    (await items(`TimeGenerated,${HEADER}\n${dates.map((date) => `${date},${PLAIN_TEXT}\n`).join('')}`)).map(
      (item) => item.kind === 'record' && (item.record.fields['TimeGenerated'] as JsonObject)['DateOrder'],
    )
  test.each<[string, string[], string]>([
    ['by a number over twelve', ['01/02/2018 08:15', '', '13/02/2018 08:15'], 'day-month'],
    ['by months with a zero before them', ['1/03/2018 8:15 AM', '12/03/2018 8:15 AM'], 'day-month'],
    ['not by three that happen to be in order', ['03/02/2018', '02/02/2018', '12/01/2018'], 'unknown'],
    [
      'by many in order',
      [1, 2, 3, 4, 5, 6].map((month) => `0${1 + (month % 2)}/0${month}/2018`),
      'day-month',
    ],
  ])('%s', async (_, dates, order) => {
    const found = await orders(dates)
    expect(found.filter((one) => one !== undefined)).toEqual(
      dates.filter((date) => date !== '').map(() => order),
    )
  })
})

test('of dates no more rows are held than a thousand, and any split of the bytes gives the same', async () => {
  const row = (date: string, id: number) => `${date},${id},C:\\a.exe,"a\n${id}"\n`
  const rows = Array.from({ length: 1500 }, (_, id) => row(id === 1200 ? '13/02/2018' : '01/02/2018', id))
  const text = `TimeCreated,${HEADER}\n${rows.join('')}`
  const whole = await items(text)
  expect(whole).toHaveLength(1500)
  expect(whole[1300]).toMatchObject({ record: { fields: { TimeCreated: { DateOrder: 'unknown' } } } })
  for (const size of [1, 77, 5000]) expect(await items(text, size)).toEqual(whole)
})

test('a file without the columns is one rejection that names those found, those missing and the rows', async () => {
  expect(await items('name,age,town\nx,1,y\nz,2,w\n')).toEqual([
    {
      kind: 'rejection',
      rejection: {
        position: 1,
        recordId: null,
        reason:
          'none of the tables that are read; it has the columns name, age, town; ' +
          'events that Splunk exported as they came would need _raw; ' +
          'process creations of the Security log (SecurityEvent) would need EventID, NewProcessName; ' +
          'Windows events that Splunk exported by field would need EventCode, _time (2 rows not read)',
      },
    },
  ])
})

test('rows are numbered from 1 after the header', async () => {
  const found = await items(`${HEADER}\n${ROW_TEXT}\nx\n${PLAIN_TEXT}\n`)
  expect(found.map((item) => (item.kind === 'record' ? item.record : item.rejection).position)).toEqual([
    1, 2, 3,
  ])
})

const fragments = fc.array(
  fc.oneof(
    fc.constantFrom(ROW_TEXT, PLAIN_TEXT, '"', '""', ',', '\n', '\r\n', '\r'),
    fc.string({ maxLength: 6 }),
  ),
  { maxLength: 30 },
)

test('any split of the bytes gives the same items', async () => {
  await fc.assert(
    fc.asyncProperty(
      fragments,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 65_400, max: 65_540 }),
      async (body, size, pad) => {
        // blocks hold 64 Ki characters: the padding moves their border into the fragments
        const text = `${HEADER}\n1,2,${'x'.repeat(pad)}\n${body.join('')}`
        expect(await items(text, size * 50)).toEqual(await items(text, text.length * 4))
      },
    ),
    { numRuns: 200 },
  )
})

test('no bytes make it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fragments, async (body) => {
      await items(`${HEADER}\n${body.join('')}`)
      await items(body.join(''))
    }),
  )
})

test('hostile files take time in proportion to their size', async () => {
  for (const line of ['a,"x\n', '"\n', '""', 'a,"""\n', '"', 'x', ',', '",\n', '\r', ' '])
    for (const start of ['', `${HEADER}\n`])
      expect(await items(start + line.repeat(500_000 / line.length))).toEqual(expect.any(Array))
})

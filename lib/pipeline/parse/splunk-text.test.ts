import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { MAX_RECORD_CHARACTERS } from './limits'
import { parseSplunkText } from './splunk-text'

const read = async (text: string, sizes?: number[]) =>
  contents(await collect(parseSplunkText(pieces(text, sizes))))

const record = (id: number, message = `m ${id}`) =>
  `03/01/2024 08:15:39 AM\nLogName=Security\nEventCode=${id}\nMessage=${message}\n`
const fields = (id: number, message = `m ${id}`) => ({
  Time: '03/01/2024 08:15:39 AM',
  LogName: 'Security',
  EventCode: String(id),
  Message: message,
})

test('a message goes on to the next record, whatever lines it has', async () => {
  const message = 'A new process.\r\n\r\nSubject:\r\n\tID:\t1\r\nLogName=x\r\n03/01/2024 08:15:39 AM\r\nx=y'
  expect(await read(record(1, message) + record(2))).toEqual([fields(1, message), fields(2)])
})

test.each<[string, string, unknown[]]>([
  ['line breaks of Windows', (record(1) + record(2)).replaceAll('\n', '\r\n'), [fields(1), fields(2)]],
  ['a byte order mark', `\ufeff${record(1)}`, [fields(1)]],
  ['empty lines between', `\n${record(1)}\n\n${record(2)}`, [fields(1), fields(2)]],
  ['no message', record(1).replace(/Message.*\n/, ''), [{ ...fields(1), Message: undefined }]],
  [
    'no beginning',
    `xyz\n${record(1)}`,
    ['lines before the first record: part of one whose beginning is missing', fields(1)],
  ],
])('%s are read', async (_, text, expected) => {
  expect(await read(text)).toEqual(expected)
})

test('a record of more than 1 MiB is one rejection, and the next is read', async () => {
  const large = record(9, 'x\n'.repeat(MAX_RECORD_CHARACTERS))
  expect(await read(record(1) + large + record(2))).toEqual([
    fields(1),
    'the record is larger than 1 MiB',
    fields(2),
  ])
})

test('any split of the bytes gives the same records', async () => {
  const text = `x\n${Array.from({ length: 4000 }, (_, id) => record(id, `é\n🙂${id}\nLogName=`)).join('')}`
  const whole = await read(text)
  expect(whole).toHaveLength(4001)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1 }), async (sizes) => {
      expect(await read(text, sizes)).toEqual(whole)
    }),
    { numRuns: 10 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { orderOfDates } from './date-order'
import { parseEventViewer } from './event-viewer'

const read = async (text: string, sizes?: number[]) =>
  contents(await collect(parseEventViewer(pieces(text, sizes))))

const HEADER = '\ufeffLevel,Date and Time,Source,Event ID,Task Category\r\n'
const row = (date: string, message = 'x') => `Information,${date},Sysmon,1,c,"${message}"\r\n`
const fields = (date: string, more = {}) => ({
  Level: 'Information',
  'Date and Time': date,
  Source: 'Sysmon',
  'Event ID': '1',
  'Task Category': 'c',
  Message: 'x',
  ...more,
})

test('columns are read by their place, whatever their language', async () => {
  const german = 'Ebene;Datum und Uhrzeit;Quelle;Ereignis-ID;Aufgabenkategorie\r\n'
  const text = german + row('06.03.2018 08:15:39', 'a;b\r\n""c""').replaceAll(',', ';')
  expect(await read(text)).toEqual([fields('06.03.2018 08:15:39', { Message: 'a;b\r\n"c"' })])
})

test('the dates of the rows show which number is the day, also in rows before', async () => {
  const day = { DateOrder: 'day-month' }
  expect(await read(HEADER + row('01/02/2018 08:15') + row('31/01/2018 08:15'))).toEqual([
    fields('01/02/2018 08:15', day),
    fields('31/01/2018 08:15', day),
  ])
})

test('a row that cannot be read is one rejection, and its neighbours are read', async () => {
  const [first, broken, second] = await read(
    `${HEADER}${row('01/02/2018 08:15')}a,b\r\n${row('01/02/2018 08:15')}`,
  )
  expect([first, second]).toEqual([fields('01/02/2018 08:15'), fields('01/02/2018 08:15')])
  expect(broken).toBe('the row has 2 cells, those of Event Viewer 6')
})

describe('dates', () => {
  test.each<[string, string[], string]>([
    ['a number over twelve is a day', ['01/02/2018', '13/02/2018'], 'day-month'],
    ['a number over twelve is a day, second too', ['01/02/2018', '02/13/2018'], 'month-day'],
    ['newest first, one way only', ['03/02/2018', '02/02/2018', '12/01/2018'], 'day-month'],
    ['oldest first, one way only', ['01/12/2018', '02/02/2018', '02/03/2018'], 'month-day'],
    ['in order both ways', ['01/02/2018', '01/02/2018'], 'unknown'],
    ['in order neither way', ['03/02/2018', '01/05/2018', '02/01/2018'], 'unknown'],
    ['none', ['', 'today'], 'unknown'],
  ])('%s', (_, dates, order) => {
    expect(orderOfDates(dates.map((date) => `${date} 08:15:39`))).toBe(order)
  })
})

test('any split of the bytes gives the same rows', async () => {
  const text =
    HEADER + Array.from({ length: 3000 }, (_, id) => row('01/02/2018 08:15', `é🙂\r\n""${id}`)).join('')
  const whole = await read(text)
  expect(whole).toHaveLength(3000)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1 }), async (sizes) => {
      expect(await read(text, sizes)).toEqual(whole)
    }),
    { numRuns: 10 },
  )
})

import { expect, test } from 'vitest'
import { collect, contents, pieces } from '@/fixtures/pieces'
import { parseCsv } from './csv'

const DATES = ['13/05/2018 10:00', '06/03/2018 10:00']

test.each([
  ['eventTime', 'eventType,endpointName,tgtProcImagePath'],
  ['event.time', 'event.type,endpoint.name,tgt.process.image.path'],
  ['TimeGenerated', 'EventType,Dvc,TargetProcessName'],
])('the dates of a column %s tell which number is the day', async (time, columns) => {
  const text = `${time},${columns}\n${DATES.map((date) => `${date},a,b,c`).join('\n')}\n`
  const [, second] = contents(await collect(parseCsv(pieces(text))))
  expect(second).toMatchObject({ [time]: { '#text': DATES[1], DateOrder: 'day-month' } })
})

test('a column in another form keeps its own doubt', async () => {
  const header = 'TimeGenerated [UTC],ProcessStartTime,EventType,Dvc,TargetProcessName'
  const text = `${header}\n"6/3/2018, 10:00:00.000 AM",13/05/2018 10:00,a,b,c\n`
  const [only] = contents(await collect(parseCsv(pieces(text))))
  expect(only).toMatchObject({
    TimeGenerated: { DateOrder: 'unknown', Zone: 'UTC' },
    ProcessStartTime: { DateOrder: 'day-month' },
  })
})

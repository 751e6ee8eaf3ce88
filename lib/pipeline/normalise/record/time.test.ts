import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DateOrder } from '@/lib/pipeline/parse/date-order'
import { namesZone, parseTime } from './time'

const at = (iso: string, us = 0, tick = 0) => ({ us: Date.parse(iso) * 1000 + us, tick })

test.each([
  ['2022-06-25T19:31:16.1444537Z', at('2022-06-25T19:31:16Z', 144_453, 7)],
  ['2017-12-26T13:10:29.136879200Z', at('2017-12-26T13:10:29Z', 136_879, 2)],
  ['2020-10-22 02:02:13.123', at('2020-10-22T02:02:13Z', 123_000)],
  ['2019-12-04 23:31:35', at('2019-12-04T23:31:35Z')],
  ['2022-05-13T08:54:08.42Z', at('2022-05-13T08:54:08Z', 420_000)],
  ['2021-06-22 11:17:29.430145400+00:00', at('2021-06-22T11:17:29Z', 430_145, 4)],
  ['2021-06-22T11:17:29+05:30', at('2021-06-22T05:47:29Z')],
  ['2021-06-22T11:17:29-0800', at('2021-06-22T19:17:29Z')],
  ['02/17/2022 02:15:47 AM', at('2022-02-17T02:15:47Z')],
  ['02/17/2022 12:15:47 AM', at('2022-02-17T00:15:47Z')],
  ['5/13/2022, 8:54:05.123 PM', at('2022-05-13T20:54:05Z', 123_000)],
  ['25/06/2022 22:31:16', at('2022-06-25T22:31:16Z')],
  ['06/25/2022 22:31:16', at('2022-06-25T22:31:16Z')],
  ['2022/6/25 22:31', at('2022-06-25T22:31:00Z')],
  ['06.03.2018 08:15:39', at('2018-03-06T08:15:39Z')],
  ['3/6/2018 8:15:39\u202fPM', at('2018-03-06T20:15:39Z')],
  ['1709280939', at('2024-03-01T08:15:39Z')],
  ['1709280939.5701234', at('2024-03-01T08:15:39Z', 570_123, 4)],
  ['1709280939570', at('2024-03-01T08:15:39Z', 570_000)],
  ['1709280939570123', at('2024-03-01T08:15:39Z', 570_123)],
  ['1709280939570123400', at('2024-03-01T08:15:39Z', 570_123, 4)],
  ['/Date(1709280939570)/', at('2024-03-01T08:15:39Z', 570_000)],
  ['131883575587910000', at('2018-12-04T00:39:18Z', 791_000)],
  ['2024-02-29T00:00:00Z', at('2024-02-29T00:00:00Z')],
])('%s is read exactly', (printed, expected) => {
  expect(parseTime(printed)).toEqual(expected)
})

test.each([
  '06/03/2018 08:15:39',
  '30:32.4',
  '2023-02-29T00:00:00Z',
  '2023-13-01T00:00:00Z',
  '2023-06-31 00:00:00',
  '2023-06-30 24:00:00',
  '02/17/2022 13:15:47 PM',
  '0000-00-00 00:00:00',
  '06-03-2018 08:15:39',
  '12345678901',
  '/Date(yesterday)/',
  'yesterday',
  '',
])('%j is no time, rather than a wrong one', (printed) => {
  expect(parseTime(printed)).toBeNull()
})

test.each<[DateOrder, string, string | null]>([
  ['day-month', '06/03/2018 8:15:39 PM', '2018-03-06T20:15:39Z'],
  ['month-day', '06/03/2018 20:15:39', '2018-06-03T20:15:39Z'],
  ['day-month', '06/13/2018 20:15:39', '2018-06-13T20:15:39Z'],
  ['unknown', '06/03/2018 8:15:39 PM', null],
  ['unknown', '13/03/2018 20:15:39', '2018-03-13T20:15:39Z'],
  ['unknown', '03/03/2018 20:15:39', '2018-03-03T20:15:39Z'],
])('where dates are %s, %s is %s', (order, printed, expected) => {
  expect(parseTime(printed, order)).toEqual(expected === null ? null : at(expected))
})

test.each([
  ['2022-06-25T19:31:16Z', true],
  ['2022-06-25 19:31:16 UTC', true],
  ['2021-06-22T11:17:29+05:30', true],
  ['1709280939.570', true],
  ['131883575587910000', true],
  ['2022-06-25 19:31:16', false],
  ['02/17/2022 02:15:47 AM', false],
])('%s names its zone: %s', (printed, expected) => {
  expect(namesZone(printed)).toBe(expected)
})

test('what was printed with 100 ns is read back exactly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_102_444_799 }),
      fc.integer({ min: 0, max: 9_999_999 }),
      (second, ticks) => {
        const printed = `${new Date(second * 1000).toISOString().slice(0, 19)}.${String(ticks).padStart(7, '0')}Z`
        expect(parseTime(printed)).toEqual({
          us: second * 1_000_000 + Math.floor(ticks / 10),
          tick: ticks % 10,
        })
      },
    ),
  )
})

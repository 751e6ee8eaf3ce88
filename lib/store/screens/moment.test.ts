import { expect, test } from 'vitest'
import { parseMoment, toDay } from './moment'

const NINE = Date.UTC(2026, 0, 31, 9) * 1000

test.each([
  ['2026-01-31T09:00', NINE],
  ['2026-01-31 09:00:00', NINE],
  ['2026-01-31T09:00:00Z', NINE],
  // as CSV prints it
  ['2026-01-31T09:00:00.123456Z', NINE + 123_456],
  ['2026-01-31T09:00:00.1234567Z', NINE + 123_456],
  ['2026-01-31T09:00:00.5', NINE + 500_000],
  ['2026-01-31T10:00:00+01:00', NINE],
  ['2026-01-31T14:30+0530', NINE],
  ['2026-01-30T23:00:00-10:00', NINE],
  // an address in which '+' was not encoded
  ['2026-01-31T10:00:00 01:00', NINE],
])('%s is a time, UTC where it names no zone', (text, us) => {
  expect(parseMoment(text)).toEqual({ us, wholeDay: false })
  expect(toDay(text)).toBe('2026-01-31')
})

test('a day is a day, and one of another zone is that of UTC', () => {
  expect(parseMoment('2026-01-31')).toEqual({ us: Date.UTC(2026, 0, 31) * 1000, wholeDay: true })
  expect(toDay('2026-02-01T00:30+02:00')).toBe('2026-01-31')
})

test.each(['', 'yesterday', '2026-02-30', '2026-13-01', '2026-01-31T24:01', '2026-01-31T09', '31.01.2026'])(
  '"%s" is no time',
  (text) => {
    expect(parseMoment(text)).toBeNull()
    expect(toDay(text)).toBeNull()
  },
)

test('the ends of time are days that PostgreSQL can print and count on from', () => {
  expect(toDay('0000-01-01')).toBe('1900-01-01')
  expect(toDay('9999-12-31')).toBe('9999-01-01')
  expect(toDay('9999-12-31T23:00-14:00')).toBe('9999-01-01')
})

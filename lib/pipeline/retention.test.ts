import { expect, test } from 'vitest'
import { firstKeptDay, firstRecordDay } from './retention'

test.each([
  ['2026-03-15', 2, '2026-01-01'],
  ['2026-01-31', 1, '2025-12-01'],
  ['2026-02-28', 14, '2024-12-01'],
])('on %s, %i whole months reach back to %s', (today, months, day) =>
  expect(firstKeptDay(today, months)).toBe(day),
)

test('days of records are counted back from today', () =>
  expect(firstRecordDay('2026-03-01', 30)).toBe('2026-01-30'))

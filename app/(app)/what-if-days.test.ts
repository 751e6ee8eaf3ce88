import { describe, expect, test } from 'vitest'
import { chooseDays, seriesOf } from './what-if-days'

const ALL = { from: '2019-03-01', to: '2027-01-01' }
const COMMON = { from: '2026-01-05', to: '2026-01-20' }
const day = (day: string, executions: number) => ({ day, executions, interrupted: 0, unknown: 0 })

test('days on which few hosts report are not drawn, and what ran on them is counted', () => {
  const replayed = [
    day('2019-03-01', 5),
    day('2020-01-01', 7),
    day('2026-01-05', 1),
    day('2026-01-20', 1),
    day('2027-01-01', 3),
  ]
  expect(chooseDays(replayed, COMMON, ALL)).toEqual({ window: COMMON, before: 12, after: 3 })
})

test('what ran on such days alone is drawn over all of them', () => {
  expect(chooseDays([day('2019-03-01', 5)], COMMON, ALL)).toEqual({ window: ALL, before: 0, after: 0 })
})

describe('what is drawn of a day', () => {
  const judged = { day: '2026-01-05', executions: 9, interrupted: 4, unknown: 0 }

  test('tells what goes on from what cannot be judged', () => {
    expect(seriesOf([{ ...judged, unknown: 2 }], ['2026-01-05', '2026-01-06'])).toEqual([
      { name: 'Interrupted', emphasis: true, values: [4, 0] },
      { name: 'Goes on', values: [3, 0] },
      { name: 'Cannot be judged', values: [2, 0] },
    ])
  })

  test('is two series where everything can be judged', () => {
    expect(seriesOf([judged], ['2026-01-05']).map(({ name }) => name)).toEqual(['Interrupted', 'Goes on'])
  })
})

import { expect, test } from 'vitest'
import { daysOf, requestedWindow } from './data-window'
import { readDays } from './moment'

const SPAN = { from: '2026-01-05', to: '2026-03-31' }
const asked = (from: string, to: string) => requestedWindow(SPAN, { filters: { from: [from], to: [to] } }, 30)

test('a window asked for is what is looked at, and no longer than ten years however it is written', () => {
  expect(asked('2026-01-10', '2026-02-01')).toEqual({ from: '2026-01-10', to: '2026-02-01' })
  expect(daysOf(asked('0001-01-01', '9999-12-31'))).toHaveLength(3660)
  expect(asked('2026-02-01', '2026-01-10')).toEqual({ from: '2026-03-02', to: '2026-03-31' })
})

test('days are counted back from the newest data, as many as are asked for', () => {
  const back = (days: string) => requestedWindow(SPAN, { filters: { days: [days] } }, 30)
  expect(back('45')).toEqual({ from: '2026-02-15', to: '2026-03-31' })
  expect(back('all')).toEqual(SPAN)
  for (const nonsense of ['', '0', '-7', '1e3', '99999', 'week']) {
    expect(readDays(nonsense)).toBeNull()
    expect(back(nonsense)).toEqual({ from: '2026-03-02', to: '2026-03-31' })
  }
})

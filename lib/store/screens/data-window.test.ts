import { expect, test } from 'vitest'
import { BINARY_FILTERS } from './binaries'
import { daysOf, requestedWindow } from './data-window'
import { HOST_FILTERS } from './hosts'
import { readDays } from './moment'
import { parseTableRequest } from './table-request'

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

test.each([
  ['binaries', BINARY_FILTERS],
  ['hosts', HOST_FILTERS],
])('the list of %s looks at the days that its address names', (_list, filters) => {
  const params = { days: '7', from: '2026-01-10', to: '2026-01-12T09:30' }
  const request = parseTableRequest(params, { sorts: ['name'], defaultSort: 'name', filters })
  expect(requestedWindow(SPAN, request, 30)).toEqual({ from: '2026-01-10', to: '2026-01-12' })
})

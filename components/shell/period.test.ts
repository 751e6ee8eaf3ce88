import { expect, test } from 'vitest'
import { startOf } from './navigation'
import { periodQuery, periodWords, usualPeriod } from './period'

test('lists and the pages of one binary or host look back, others do not', () => {
  expect(usualPeriod('/binaries')).toBe('30')
  expect(usualPeriod('/binaries/rundll32.exe')).toBe('90')
  expect(usualPeriod('/hosts/12')).toBe('90')
  expect(usualPeriod('/attempts')).toBe('all')
  expect(usualPeriod('/deviations')).toBe('all')
  for (const path of ['/', '/deviations/1', '/hosts/incidents', '/executions/1/2/3', '/settings/tuning'])
    expect(usualPeriod(path), path).toBeNull()
})

test.each([
  ['', 'Last 30 days of data'],
  ['days=7', 'Last 7 days of data'],
  ['days=1', 'Last day of data'],
  ['days=all', 'All time'],
  ['days=7&from=2026-01-05&to=2026-01-09', '2026-01-05 – 2026-01-09'],
  ['from=2026-01-05T08:30&to=2026-01-05T09:00', '2026-01-05'],
  ['from=2026-01-05', 'From 2026-01-05'],
  ['to=2026-01-05', 'Until 2026-01-05'],
])('%s: %s', (query, words) => {
  expect(periodWords(new URLSearchParams(query), '30')).toBe(words)
})

test('links to another page take the whole period along, or the days that were counted', () => {
  const of = (search: string, days?: number) => periodQuery(new URLSearchParams(search), days)
  expect(of('host=ws-1&days=7')).toBe('?days=7')
  expect(of('days=7&from=2026-01-05&to=2026-01-09T10%3A00', 30)).toBe(
    '?days=7&from=2026-01-05&to=2026-01-09T10%3A00',
  )
  expect(of('group=Tills', 30)).toBe('?days=30')
  expect(of('group=Tills')).toBe('')
})

test('a chosen period goes along to pages that look back, but not over what a view of the reader says', () => {
  const views = { '/hosts': 'coverage=full', '/binaries': 'days=90', '/executions': 'from=2026-01-05' }
  expect(startOf('/hosts', views, '7')).toBe('/hosts?coverage=full&days=7')
  expect(startOf('/binaries', views, '7')).toBe('/binaries?days=90')
  expect(startOf('/executions', views, '7')).toBe('/executions?from=2026-01-05')
  expect(startOf('/attempts', views, '7')).toBe('/attempts?days=7')
  expect(startOf('/deviations', views, '7')).toBe('/deviations')
  expect(startOf('/hosts', views, null)).toBe('/hosts?coverage=full')
})

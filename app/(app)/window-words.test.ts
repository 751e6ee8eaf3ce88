import { expect, test } from 'vitest'
import { chosenWindowQuery } from './window-words'

test('a link takes a period along that somebody chose, as the days that it is, and not the page’s own', () => {
  const window = { from: '2026-01-05', to: '2026-01-11' }
  const of = (filters: Record<string, string[]>) => chosenWindowQuery(window, { filters })
  expect(of({ days: ['7'] })).toBe('&from=2026-01-05&to=2026-01-11')
  expect(of({ from: ['2026-01-05'] })).toBe('&from=2026-01-05&to=2026-01-11')
  expect(of({ group: ['Tills'] })).toBe('')
  expect(chosenWindowQuery(null, { filters: { days: ['7'] } })).toBe('')
})

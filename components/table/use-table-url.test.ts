import { expect, test } from 'vitest'
import { toHref } from './use-table-url'

test('changing a filter goes back to the first page and keeps the rest', () => {
  expect(toHref('/hosts', 'sort=-score&page=4&state=open', { state: ['open', 'flagged'] })).toBe(
    '/hosts?sort=-score&state=open&state=flagged',
  )
})
test('turning the page keeps the filters', () => {
  expect(toHref('/hosts', 'state=open', { page: '2' })).toBe('/hosts?state=open&page=2')
})
test('choosing columns and opening details keep the page', () => {
  expect(toHref('/hosts', 'page=4', { columns: ['name'] })).toBe('/hosts?page=4&columns=name')
  expect(toHref('/hosts', 'page=4', { open: '7' })).toBe('/hosts?page=4&open=7')
})
test('nothing left leaves the bare path', () => {
  expect(toHref('/hosts', 'q=x', { q: null })).toBe('/hosts')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toViewQuery } from './saved-view'

test('the page and the open row are no part of a view', () => {
  expect(toViewQuery('state=flagged&page=4&open=12&after=x')).toBe('state=flagged')
})
test('a view does not depend on the order in which its filters were chosen, nor on being taken twice', () => {
  const entry = fc.tuple(fc.constantFrom('state', 'binary', 'q', 'page'), fc.string())
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const query = toViewQuery(new URLSearchParams(entries).toString())
      expect(toViewQuery(query)).toBe(query)
      expect(toViewQuery(new URLSearchParams(entries.toReversed()).toString())).toBe(query)
    }),
  )
})

import { expect, test } from 'vitest'
import { detailWords } from './detail-words'

test('details are told in words, whatever their shape', () => {
  expect(
    detailWords({
      into: 'ws-1',
      hostIds: [3, 4],
      ends: [],
      until: null,
      seesFleet: false,
      terms: { verdict: 'restrict', scope: { kind: 'hosts', ids: [7] } },
    }),
  ).toBe(
    'into: ws-1; host ids: 3, 4; ends: none; until: none; sees fleet: no; terms: (verdict: restrict; scope: (kind: hosts; ids: 7))',
  )
})

test('what says nothing has no words', () => {
  expect([{}, '', null].map((detail) => detailWords(detail))).toEqual(['', 'none', 'none'])
})

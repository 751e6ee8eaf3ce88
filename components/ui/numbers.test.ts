import { expect, test } from 'vitest'
import { countOf, formatBriefly, formatBytes, formatNumber, formatShare } from './numbers'

test('thousands are set apart by thin spaces, also beyond 2^53', () => {
  expect(formatNumber(1204)).toBe('1\u2009204')
  expect(formatNumber('9223372036854775807')).toBe('9\u2009223\u2009372\u2009036\u2009854\u2009775\u2009807')
})
test('bytes keep three digits and never read 1000 of a unit', () => {
  expect([0, 999, 1000, 1_234_567, 999_999, 45_678].map(formatBytes)).toEqual(
    ['0 B', '999 B', '1.00 KB', '1.23 MB', '1.00 MB', '45.7 KB'].map((text) => text.replace(' ', '\u2009')),
  )
})
test('a share never reads as nothing or all when it is neither', () => {
  expect(formatShare(0.00001)).toContain('<')
  expect(formatShare(0.99999)).toContain('>')
  expect(formatShare(1)).toBe('100\u2009%')
})
test('one is singular', () => {
  expect([countOf(1, 'host'), countOf(2, 'host'), countOf(0, 'entry', 'entries')]).toEqual([
    '1 host',
    '2 hosts',
    '0 entries',
  ])
})

test('a count is told briefly only from a thousand on, and never as more than it is', () => {
  expect([0, 999, 1000, 5044, 1_234_567].map(formatBriefly)).toEqual(['0', '999', '1k', '5k', '1\u2009234k'])
})

import { expect, test } from 'vitest'
import { hourWords } from './hour-strip'

test('hours in a row are said as one range', () => {
  expect(hourWords(0b1110)).toBe('3 hours of the day, UTC: 01–03')
  expect(hourWords((1 << 23) | 1)).toBe('2 hours of the day, UTC: 00, 23')
})

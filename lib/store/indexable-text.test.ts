import fc from 'fast-check'
import { expect, test } from 'vitest'
import { indexableText } from './indexable-text'

test('any text fits an index, keeps its end, and stays different from others', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 5000 }), (text) => {
      expect(Buffer.byteLength(indexableText(text))).toBeLessThanOrEqual(2000)
    }),
  )
  const long = (middle: string) => `C:\\${'漢'.repeat(900)}${middle}\\evil.exe`
  expect(Buffer.byteLength(indexableText(long('a')))).toBeLessThan(2000)
  expect(indexableText(long('a'))).toMatch(/^C:.*evil\.exe$/)
  expect(indexableText(long('a'))).not.toBe(indexableText(long('b')))
  expect(indexableText('C:\\Windows\\explorer.exe')).toBe('C:\\Windows\\explorer.exe')
})

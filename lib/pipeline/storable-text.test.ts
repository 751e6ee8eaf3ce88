import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storableText } from './storable-text'

test('NUL and halves of characters are replaced, everything else stays', () => {
  expect(storableText('a\0b')).toBe('a␀b')
  expect(storableText('😀'.slice(0, 1))).toBe('\ufffd')
  expect(storableText('\udc00😀\ud800')).toBe('\ufffd😀\ufffd')
})

test('what is stored is given back as it was sent', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (any) => {
        const text = storableText(any)
        expect(Buffer.from(text).toString()).toBe(text)
        expect(text).not.toContain('\0')
        expect(storableText(text)).toBe(text)
      },
    ),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printable } from '@/lib/pipeline/export/report/printable'
import { toPdfDocument } from './to-pdf-document'

test('no word of printed text is longer than a column takes, and none of it is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
      const shown = printable(text)
      expect(shown.split(/[\s\u200b]/u).every((word) => [...word].length <= 40)).toBe(true)
      const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
      expect(
        shown.replaceAll('\u200b', '').replace(/\[U\+[0-9A-F]{4,6}\]/g, '').length,
      ).toBeGreaterThanOrEqual(plain.replace(/\[U\+[0-9A-F]{4,6}\]/g, '').length)
    }),
  )
})

test('what would reorder or hide text is printed by its code point', () => {
  expect(printable('a\u202eb\u0000c')).toBe('a[U+202E]b[U+0000]c')
})

test('the same report gives the same document', () => {
  const report = {
    title: 'T',
    lines: ['one'],
    sections: [{ title: 'S', parts: [{ kind: 'text' as const, text: 'x' }] }],
  }
  expect(JSON.stringify(toPdfDocument(report))).toBe(JSON.stringify(toPdfDocument(report)))
})

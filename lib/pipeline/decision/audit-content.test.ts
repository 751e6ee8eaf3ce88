import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, storable } from './audit-content'

test('the order of keys does not change the text that is hashed', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
    '{"a":true,"b":[1,{"c":"x","d":null}]}',
  )
})

test('canonical text reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const kept = storable(value as Json)
      expect(JSON.parse(canonicalJson(kept))).toEqual(kept)
    }),
  )
})

test('nothing stored contains a NUL character', () => {
  expect(canonicalJson(storable({ 'a\u0000': 'b\u0000c' }))).not.toContain('\\u0000')
})

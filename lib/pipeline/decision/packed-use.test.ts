import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KindPlaces } from './packed-use'

const anyId = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // halves that are alike
  fc
    .tuple(fc.integer({ min: -2, max: 2 }), fc.integer({ min: 0, max: 3 }))
    .map(([high, low]) => BigInt(high) * 2n ** 32n + BigInt(low)),
)

test('every kind of use is found at its place, and no other is taken for one', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyId), fc.array(anyId), (ids, others) => {
      const places = new KindPlaces(ids.map(String))
      const asked = [...ids, ...others]
      const found = asked.map((id) => places.find(Number(id >> 32n), Number(BigInt.asIntN(32, id))))
      expect(found).toEqual(asked.map((id) => ids.indexOf(id)))
    }),
  )
})

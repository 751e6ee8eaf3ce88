import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOTHING, takePiece } from './packed-rows'

type Row = { hostId: number; principalId: bigint; uses: Uint8Array }

/** As COPY writes a row of an int, a bigint and bytes. */
function encode({ hostId, principalId, uses }: Row): Buffer {
  const row = Buffer.alloc(26 + uses.length)
  row.writeInt16BE(3, 0)
  row.writeInt32BE(4, 2)
  row.writeInt32BE(hostId, 6)
  row.writeInt32BE(8, 10)
  row.writeBigInt64BE(principalId, 14)
  row.writeInt32BE(uses.length, 22)
  row.set(uses, 26)
  return row
}

const TRAILER = Buffer.from([0xff, 0xff])
const ROWS = fc.array(
  fc.record({
    hostId: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    principalId: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    uses: fc.uint8Array({ maxLength: 90 }),
  }),
  { maxLength: 12 },
)

test('rows are the same wherever what is copied out is cut into pieces', () => {
  fc.assert(
    fc.property(ROWS, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (rows, cuts) => {
      const bytes = Buffer.concat([...rows.map(encode), TRAILER])
      const found: Row[] = []
      let rest = NOTHING
      let turn = 0
      for (let at = 0; at < bytes.length; ) {
        const end = at + (cuts[turn++ % cuts.length] ?? 1)
        rest = takePiece(rest, bytes.subarray(at, end), ({ hostId, principalId, packed, from, end: to }) => {
          const uses = new Uint8Array(packed.buffer, packed.byteOffset + from, to - from).slice()
          found.push({ hostId, principalId: BigInt(principalId), uses })
        })
        at = end
      }
      expect(found).toEqual(rows)
      expect(rest).toEqual(TRAILER)
    }),
  )
})

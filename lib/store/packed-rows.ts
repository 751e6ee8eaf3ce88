import type { PackedDays } from '@/lib/pipeline/decision/packed-days'

/** Signature, flags and the header's length (PostgreSQL's manual, "COPY", Binary Format). */
export const HEADER_BYTES = 19
/** Before the account and before what is packed stand their lengths, before the row its number of fields. */
const [HOST_AT, PRINCIPAL_AT, LENGTH_AT, USES_AT] = [6, 14, 22, 26]

export const NOTHING: Buffer = Buffer.alloc(0)

/** Takes the rows that are whole with a piece of what PostgreSQL copies out, after its header; answers the beginning of the next. Only the row that two pieces share is copied. */
export function takePiece(rest: Buffer, piece: Buffer, take: (row: PackedDays) => void): Buffer {
  if (rest.length === 0) return piece.subarray(takeRows(piece, take))
  const missing = bytesMissing(rest, piece)
  const row = Buffer.concat([rest, piece.subarray(0, missing)])
  return takeRows(row, take) === 0 ? row : takePiece(NOTHING, piece.subarray(missing), take)
}

/** How many bytes of a piece the row is short of that begins before it; all, where not even that is known yet. */
function bytesMissing(begun: Buffer, piece: Buffer): number {
  const head =
    begun.length < USES_AT ? Buffer.concat([begun, piece.subarray(0, USES_AT - begun.length)]) : begun
  return head.length < USES_AT ? piece.length : USES_AT + head.readInt32BE(LENGTH_AT) - begun.length
}

/** Takes the rows that are whole; answers where the next begins. */
function takeRows(bytes: Buffer, take: (row: PackedDays) => void): number {
  const packed = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  while (at + USES_AT <= bytes.length) {
    const from = at + USES_AT
    const end = from + packed.getInt32(at + LENGTH_AT)
    if (end > bytes.length) break
    const principalId = packed.getBigInt64(at + PRINCIPAL_AT).toString()
    take({ hostId: packed.getInt32(at + HOST_AT), principalId, packed, from, end })
    at = end
  }
  return at
}

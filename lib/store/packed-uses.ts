import { KindPlaces, type PackedUse, USE_BYTES } from '@/lib/pipeline/decision/packed-use'
import { copyTo, inline } from './exports/copy-out'
import { pool } from './pool'
import { empty, type Sql, sql } from './sql'

/** PackedUse of rows of use_span, big-endian: an id of 8 bytes, then three numbers of 4. */
export const PACKED: Sql = sql`string_agg(int8send(signature_id) || int4send(executions) || int4send(working_hours)
    || int4send(last_day - '1970-01-01'::date), ''::bytea ORDER BY signature_id)`

/** Hosts that are named to PostgreSQL; of more, all are read. */
const NAMED_HOSTS = 500
/** Signature, flags and the header's length. */
const HEADER_BYTES = 19

/** `kindIds`: kinds of use, which what is read refers to by their place. */
type Asked = { entryId: number; kindIds: readonly string[]; hostIds: readonly number[] }

/**
 * Reads all use of a binary as it is at one moment, some rows at a time: memory stays constant. Of more hosts than a few, others' use is read too.
 * As text it would take longer than adding it up; the layout is PostgreSQL's manual's, "COPY", section Binary Format.
 */
export async function eachPackedUse(
  { entryId, kindIds, hostIds }: Asked,
  take: (use: PackedUse) => void,
): Promise<void> {
  const named = hostIds.length > NAMED_HOSTS ? empty : sql`AND host_id = ANY(${[...hostIds]}::int[])`
  const query = sql`SELECT host_id, principal_id, uses FROM host_use WHERE entry_id = ${entryId} ${named}`
  const client = await pool().connect()
  const takeRows = rowTaker(new KindPlaces(kindIds), take)
  let ended = false
  try {
    let rest: Buffer = Buffer.alloc(0)
    let at = HEADER_BYTES
    for await (const chunk of copyTo(client, `COPY (${inline(query)}) TO STDOUT WITH (FORMAT binary)`)) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
      at = takeRows(rest, at)
      rest = rest.subarray(at)
      at = 0
    }
    ended = true
  } finally {
    client.release(!ended)
  }
}

/** Before the account and before the packed use stand their lengths, before the row its number of fields. */
const [HOST_AT, PRINCIPAL_AT, LENGTH_AT, USES_AT] = [6, 14, 22, 26]

/** Takes the rows that are whole; answers where the next begins. */
function rowTaker(kinds: KindPlaces, take: (use: PackedUse) => void) {
  let places = new Int32Array(1024)
  return (bytes: Buffer, first: number): number => {
    const packed = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let at = first
    while (at + USES_AT <= bytes.length) {
      const from = at + USES_AT
      const end = from + packed.getInt32(at + LENGTH_AT)
      if (end > bytes.length) break
      const count = (end - from) / USE_BYTES
      if (count > places.length) places = new Int32Array(count * 2)
      for (let one = 0; one < count; one++) {
        const id = from + one * USE_BYTES
        places[one] = kinds.find(packed.getInt32(id), packed.getInt32(id + 4))
      }
      const [hostId, principal] = [packed.getInt32(at + HOST_AT), packed.getBigInt64(at + PRINCIPAL_AT)]
      take({ hostId, principalId: principal.toString(), packed, from, places, count })
      at = end
    }
    return at
  }
}

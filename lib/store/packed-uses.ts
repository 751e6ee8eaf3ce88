import type { PackedUse } from '@/lib/pipeline/decision/packed-use'
import { copyTo, inline } from './exports/copy-out'
import { pool } from './pool'
import { empty, type Sql, sql } from './sql'

/** PackedUse of rows of use_span. */
export const PACKED: Sql = sql`string_agg(int8send(signature_id) || int4send(executions) || int4send(working_hours)
    || int4send(last_day - '1970-01-01'::date), ''::bytea ORDER BY signature_id)`

/** Hosts that are named to PostgreSQL; of more, all are read. */
const NAMED_HOSTS = 500
/** Signature, flags and the header's length. */
const HEADER_BYTES = 19

/**
 * Reads all use of a binary as it is at one moment, some rows at a time: memory stays constant. Of more hosts than a few, others' use is read too.
 * As text it would take longer than adding it up; the layout is PostgreSQL's manual's, "COPY", section Binary Format.
 */
export async function eachPackedUse(
  entryId: number,
  hostIds: readonly number[],
  take: (use: PackedUse) => void,
): Promise<void> {
  const named = hostIds.length > NAMED_HOSTS ? empty : sql`AND host_id = ANY(${[...hostIds]}::int[])`
  const query = sql`SELECT host_id, principal_id, uses FROM host_use WHERE entry_id = ${entryId} ${named}`
  const client = await pool().connect()
  let ended = false
  try {
    let rest: Buffer = Buffer.alloc(0)
    let at = HEADER_BYTES
    for await (const chunk of copyTo(client, `COPY (${inline(query)}) TO STDOUT WITH (FORMAT binary)`)) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
      at = takeRows(rest, at, take)
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
function takeRows(bytes: Buffer, from: number, take: (use: PackedUse) => void): number {
  let at = from
  while (at + USES_AT <= bytes.length) {
    const end = at + USES_AT + bytes.readInt32BE(at + LENGTH_AT)
    if (end > bytes.length) break
    take({
      hostId: bytes.readInt32BE(at + HOST_AT),
      principalId: bytes.readBigInt64BE(at + PRINCIPAL_AT).toString(),
      uses: bytes.subarray(at + USES_AT, end),
    })
    at = end
  }
  return at
}

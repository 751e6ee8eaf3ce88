import type { PackedDays } from '@/lib/pipeline/decision/packed-days'
import { KindPlaces, type PackedUse, USE_BYTES } from '@/lib/pipeline/decision/packed-use'
import { WORKING_HOURS_MASK } from '@/lib/pipeline/decision/working-time'
import { copyTo, inline } from './exports/copy-out'
import { HEADER_BYTES, NOTHING, takePiece } from './packed-rows'
import { pool } from './pool'
import { type HostScope, inScope } from './scope'
import { empty, type Sql, sql } from './sql'

/** PackedUse of kinds, of USE_OF_KIND each, big-endian: an id of 8 bytes, then three numbers of 4. */
export const PACKED: Sql = sql`string_agg(int8send(signature_id) || int4send(executions) || int4send(working_hours)
    || int4send(last_day - '1970-01-01'::date), ''::bytea ORDER BY signature_id)`
/** Of rows of usage. */
export const USE_OF_KIND: Sql = sql`sum(executions)::int AS executions, max(day) AS last_day,
    sum(CASE WHEN extract(isodow FROM day) < 6 THEN bit_count((hours & ${WORKING_HOURS_MASK}::int)::bit(32)) ELSE 0 END)::int AS working_hours`

/** PackedDays of kinds, of DAYS_OF_KIND each, big-endian: an id of 8 bytes and the number of days in 2. */
export const PACKED_DAYS: Sql = sql`string_agg(int8send(signature_id) || int2send(days::smallint) || by_day, ''::bytea ORDER BY signature_id)`
/** Days of rows of usage: each in 2 bytes, and its executions in 4. */
export const DAYS_OF_KIND: Sql = sql`count(*) AS days,
    string_agg(int2send((day - '1970-01-01'::date)::smallint) || int4send(executions), ''::bytea ORDER BY day) AS by_day`

/** Hosts that are named to PostgreSQL; of more, all are read. */
const NAMED_HOSTS = 500

/** `kindIds`: kinds of use, which what is read refers to by their place. */
type Asked = { entryId: number; kindIds: readonly string[]; hostIds: readonly number[] }

/** Reads all use of a binary as it is at one moment, some rows at a time: memory stays constant. Of more hosts than a few, others' use is read too. */
export async function eachPackedUse(
  { entryId, kindIds, hostIds }: Asked,
  take: (use: PackedUse) => void,
): Promise<void> {
  const named = hostIds.length > NAMED_HOSTS ? empty : sql`AND host_id = ANY(${[...hostIds]}::int[])`
  const query = sql`SELECT host_id, principal_id, uses FROM host_use WHERE entry_id = ${entryId} ${named}`
  const kinds = new KindPlaces(kindIds)
  let places = new Int32Array(1024)
  await eachPackedRow(query, ({ hostId, principalId, packed, from, end }) => {
    const count = (end - from) / USE_BYTES
    if (count > places.length) places = new Int32Array(count * 2)
    for (let one = 0; one < count; one++) {
      const id = from + one * USE_BYTES
      places[one] = kinds.find(packed.getInt32(id), packed.getInt32(id + 4))
    }
    take({ hostId, principalId, packed, from, places, count })
  })
}

/** Reads days of use, of the rows of `host_days` that a condition allows, in the order that may follow it. */
export async function eachPackedDays(condition: Sql, take: (days: PackedDays) => void): Promise<void> {
  await eachPackedRow(sql`SELECT host_id, principal_id, uses FROM host_days WHERE ${condition}`, take)
}

/**
 * The same of one binary on the hosts of a scope, host by host, as `usage` says it at this moment: hosts whose use is another since their days were packed are
 * packed anew.
 */
export async function eachDaysNow(
  scope: HostScope,
  entryId: number,
  take: (days: PackedDays) => void,
): Promise<void> {
  const here = sql`entry_id = ${entryId} ${inScope(scope, sql`host_id`)}`
  await eachPackedRow(
    sql`WITH stale AS MATERIALIZED (SELECT DISTINCT host_id FROM use_stale WHERE host_id IS NOT NULL)
        SELECT host_id, principal_id, uses FROM host_days WHERE ${here} AND host_id NOT IN (SELECT host_id FROM stale)
        UNION ALL SELECT host_id, principal_id, ${PACKED_DAYS} FROM (
          SELECT host_id, principal_id, signature_id, ${DAYS_OF_KIND} FROM usage
          WHERE ${here} AND host_id IN (SELECT host_id FROM stale) GROUP BY host_id, principal_id, signature_id) kind
        GROUP BY host_id, principal_id ORDER BY host_id`,
    take,
  )
}

/**
 * Rows of a host, an account and something packed, as they arrive. As text they would take longer than adding them up; the layout is PostgreSQL's manual's,
 * "COPY", section Binary Format.
 */
async function eachPackedRow(query: Sql, take: (row: PackedDays) => void): Promise<void> {
  const client = await pool().connect()
  let ended = false
  try {
    let rest = NOTHING
    let skipped = HEADER_BYTES
    for await (const chunk of copyTo(client, `COPY (${inline(query)}) TO STDOUT WITH (FORMAT binary)`)) {
      rest = takePiece(rest, (chunk as Buffer).subarray(skipped), take)
      skipped = 0
    }
    ended = true
  } finally {
    client.release(!ended)
  }
}

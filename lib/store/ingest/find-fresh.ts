import type pg from 'pg'
import { raw, rows, sql } from '@/lib/store/sql'
import type { PlacedCreation } from './creation-row'
import { spanOf } from './select-fresh'

/**
 * The creations that are not stored yet in a table, each once. A record's identity names it to the second; exports of one record print its time
 * to different digits, so one within the same second is the same record, and the earliest print of it is taken. For whoever holds the hosts'
 * locks: nobody else adds rows of these hosts meanwhile.
 */
export async function findFresh(
  client: pg.PoolClient,
  table: 'process' | 'execution',
  placed: readonly PlacedCreation[],
): Promise<PlacedCreation[]> {
  if (placed.length === 0) return []
  const each = onceEach(placed)
  const { since, until } = spanOf(each.map(({ creation }) => creation.event.time.us))
  // LATERAL … LIMIT keeps it an index look-up a row, and the span leaves out the partitions that cannot matter
  const known = await rows<{ ordinal: string }>(
    client,
    sql`SELECT k.ordinal FROM unnest(${literal(each, ({ host }) => host.hostId)}::int[], ${literal(each, ({ rowId }) => rowId)}::bigint[],
          ${literal(each, secondOf)}::bigint[]) WITH ORDINALITY AS k(host_id, id, second, ordinal)
        CROSS JOIN LATERAL (
          SELECT FROM ${raw(table)} s WHERE s.host_id = k.host_id AND s.id = k.id
            AND s.occurred_at >= to_timestamp(k.second) AND s.occurred_at < to_timestamp(k.second + 1)
            AND s.occurred_at >= ${raw(`'${since}'`)} AND s.occurred_at <= ${raw(`'${until}'`)}
          LIMIT 1) stored`,
  )
  if (known.length === 0) return each
  const there = new Set(known.map(({ ordinal }) => Number(ordinal) - 1))
  return each.filter((_, index) => !there.has(index))
}

/** Numbers as PostgreSQL's text of an array: thousands of them need no quoting. */
function literal(
  placed: readonly PlacedCreation[],
  numberOf: (one: PlacedCreation) => number | string,
): string {
  return `{${placed.map(numberOf).join(',')}}`
}

function secondOf({ creation }: PlacedCreation): number {
  return Math.floor(creation.event.time.us / 1_000_000)
}

function onceEach(placed: readonly PlacedCreation[]): PlacedCreation[] {
  const first = new Map<string, PlacedCreation>()
  for (const one of placed) {
    const key = `${one.host.hostId} ${one.rowId} ${secondOf(one)}`
    const known = first.get(key)
    if (known === undefined || one.creation.event.time.us < known.creation.event.time.us) first.set(key, one)
  }
  return [...first.values()]
}

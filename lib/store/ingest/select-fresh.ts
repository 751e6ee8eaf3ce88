import type pg from 'pg'
import { toTimestamp } from '@/lib/store/pool'
import { execute, raw, rows, type Sql, sql } from '@/lib/store/sql'
import type { KnownFact } from './overlap'

/** Earliest and latest time of a batch: lets PostgreSQL leave out the partitions that cannot matter. */
export type Span = { since: string; until: string }

/** The span of times in µs, at least one. */
export function spanOf(timesUs: Iterable<number>): Span {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const us of timesUs) {
    low = Math.min(low, us)
    high = Math.max(high, us)
  }
  return { since: toTimestamp(low - 1_000_000), until: toTimestamp(high + 1_000_000) }
}

/**
 * Puts the rows of `incoming_<table>` that are not stored yet, each once, into `fresh_<table>`. A record's identity names it to the second; exports
 * of one record print its time to different digits, so a stored row within the same second is the same record.
 * LATERAL … LIMIT keeps it an index look-up a row: without it the whole history may be scanned to join a batch.
 */
export async function selectFresh(
  client: pg.PoolClient,
  table: 'process_event',
  columns: readonly string[],
  span: Span,
): Promise<void> {
  await execute(
    client,
    sql`CREATE TEMP TABLE ${raw(`fresh_${table}`)} ON COMMIT DROP AS
        SELECT DISTINCT ON (i.host_id, i.id, date_trunc('second', i.occurred_at)) ${raw(columns.map((column) => `i.${column}`).join(', '))}
        FROM ${raw(`incoming_${table}`)} i
        LEFT JOIN LATERAL (SELECT true AS known FROM ${sameRow(table, span)}) stored ON true
        WHERE stored.known IS NULL
        ORDER BY i.host_id, i.id, date_trunc('second', i.occurred_at), i.occurred_at`,
  )
}

/** The stored rows that those of `incoming_<table>` tell again, each once. */
export async function findKnown(
  client: pg.PoolClient,
  table: 'process_event',
  span: Span,
): Promise<KnownFact[]> {
  return await rows<KnownFact>(
    client,
    sql`SELECT DISTINCT ${table}::text AS fact, s.host_id, s.occurred_at, s.id, s.import_file_id AS "fileId", s.alias_id AS "aliasId",
          (s.occurred_at AT TIME ZONE 'UTC')::date AS day
        FROM ${raw(`incoming_${table}`)} i CROSS JOIN LATERAL (SELECT s.* FROM ${sameRow(table, span)}) s`,
  )
}

/** The row `s` of a table that an incoming one, `i`, is. */
function sameRow(table: string, { since, until }: Span): Sql {
  return sql`${raw(table)} s
      WHERE s.host_id = i.host_id AND s.id = i.id AND s.occurred_at >= date_trunc('second', i.occurred_at)
        AND s.occurred_at < date_trunc('second', i.occurred_at) + interval '1 second'
        AND s.occurred_at >= ${raw(`'${since}'`)} AND s.occurred_at <= ${raw(`'${until}'`)}
      LIMIT 1`
}

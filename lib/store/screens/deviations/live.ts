import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { findRow, rows, sql } from '@/lib/store/sql'
import { toDeviationFilter } from './filter'
import { itemsWith, passing } from './items'

/** What became of a list since it was read. */
export type QueueChanges = {
  /** Items that match now. */
  total: number
  /** Of these, first found since. */
  fresh: number
  /** Items by state, under the other filters. */
  states: { value: string; count: number }[]
  /** Items that somebody else changed since, with who did last. */
  changed: { id: string; by: string }[]
}

const MOST_CHANGED = 500

/** `sinceUs`: when the list was read, in microseconds. `accountId`: whose own changes are left out. */
export async function readQueueChanges(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  { sinceUs, accountId }: { sinceUs: number; accountId: string },
): Promise<QueueChanges> {
  const since = toTimestamp(sinceUs)
  const [counts, changed] = await Promise.all([
    findRow<{ total: string; fresh: string; states: { value: string; count: number }[] | null }>(
      pool(),
      sql`${itemsWith(scope, toDeviationFilter(request))}
        SELECT count(*) FILTER (WHERE ${passing(null)}) AS total,
          count(*) FILTER (WHERE ${passing(null)} AND created_at > ${since}::timestamptz) AS fresh,
          (SELECT json_agg(s) FROM (SELECT CASE WHEN again THEN 'open' ELSE state END AS value, count(*) AS count
            FROM item WHERE ${passing('state')} GROUP BY 1) s) AS states
        FROM item`,
    ),
    rows<{ id: string; by: string }>(
      pool(),
      sql`SELECT DISTINCT ON (subject_id) subject_id AS id, actor_name AS by FROM audit_entry
          WHERE at > ${since}::timestamptz AND subject_kind = 'deviation' AND actor_id IS DISTINCT FROM ${accountId}
          ORDER BY subject_id, id DESC LIMIT ${MOST_CHANGED}`,
    ),
  ])
  return {
    total: Number(counts?.total ?? 0),
    fresh: Number(counts?.fresh ?? 0),
    states: counts?.states ?? [],
    changed,
  }
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import type { TableRequest } from '@/lib/store/screens/table-request'
import { findRow, sql } from '@/lib/store/sql'
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
  /** Items in sight that somebody else changed since, with who did last. */
  changed: { id: string; by: string }[]
}

const MOST_CHANGED = 500

type Found = {
  total: string
  fresh: string
  states: QueueChanges['states'] | null
  changed: QueueChanges['changed'] | null
}

/** `sinceUs`: when the list was read, in microseconds. `accountId`: whose own changes are left out. */
export async function readQueueChanges(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  { sinceUs, accountId }: { sinceUs: number; accountId: string },
): Promise<QueueChanges> {
  const since = toTimestamp(sinceUs)
  const found = await findRow<Found>(
    pool(),
    sql`${itemsWith(scope, toDeviationFilter(request))},
        changed AS (
          SELECT DISTINCT ON (e.subject_id) e.subject_id AS id, e.actor_name AS by FROM audit_entry e
          WHERE e.at > ${since}::timestamptz AND e.subject_kind = 'deviation' AND e.actor_id IS DISTINCT FROM ${accountId}
            AND e.subject_id IN (SELECT id::text FROM item)
          ORDER BY e.subject_id, e.id DESC LIMIT ${MOST_CHANGED})
        SELECT count(*) FILTER (WHERE ${passing(null)}) AS total,
          count(*) FILTER (WHERE ${passing(null)} AND created_at > ${since}::timestamptz) AS fresh,
          (SELECT json_agg(s) FROM (SELECT CASE WHEN again THEN 'open' ELSE state END AS value, count(*) AS count
            FROM item WHERE ${passing('state')} GROUP BY 1) s) AS states,
          (SELECT json_agg(c) FROM changed c) AS changed
        FROM item`,
  )
  return {
    total: Number(found?.total ?? 0),
    fresh: Number(found?.fresh ?? 0),
    states: found?.states ?? [],
    changed: found?.changed ?? [],
  }
}

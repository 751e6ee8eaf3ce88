import { toTimestamp } from '@/lib/store/pool'
import { empty, raw, type Sql, sql } from '@/lib/store/sql'

/** Where a record is in a list by time. */
export type TimeKey = { hostId: number; occurredAtUs: number; id: string }

/** What follows `ORDER BY` in a list of records by time; those of one moment by host and id. `e`: a table's alias and a point, or nothing. */
export function byTime(newestFirst: boolean, e: Sql): Sql {
  const direction = raw(newestFirst ? 'DESC' : 'ASC')
  return sql`${e}occurred_at ${direction}, ${e}host_id ${direction}, ${e}id ${direction}`
}

/** `AND …` that keeps to what comes behind a key in that order. The first condition says nothing new: by it months are left out. */
export function beyond(newestFirst: boolean, after: TimeKey | null, e: Sql): Sql {
  if (after === null) return empty
  const at = sql`${toTimestamp(after.occurredAtUs)}::timestamptz`
  const isBehind = raw(newestFirst ? '<' : '>')
  return sql`AND ${e}occurred_at ${isBehind}= ${at} AND (${e}occurred_at, ${e}host_id, ${e}id) ${isBehind} (${at}, ${after.hostId}::int, ${after.id}::bigint)`
}

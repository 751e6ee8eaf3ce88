import { type Sql, sql } from '@/lib/store/sql'

/** A time as exports print it: ISO 8601, UTC, microseconds. */
export function timeText(column: Sql): Sql {
  return sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
}

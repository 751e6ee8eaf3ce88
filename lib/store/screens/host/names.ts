import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'

/** A name that records print, and what was recorded under it. Times in µs; null = nothing. */
export type HostName = {
  hostId: number
  host: string
  group: string | null
  alias: string
  /** An administrator decided whose it is. */
  pinned: boolean
  processes: number
  executions: number
  firstAt: number | null
  lastAt: number | null
}

/** Every name of some hosts with what merging or splitting would move. */
export async function loadHostNames(scope: Scope, hostIds: readonly number[]): Promise<HostName[]> {
  const ids = [...hostIds]
  const found = await rows<{
    host_id: number
    host: string
    group_name: string | null
    alias: string
    pinned: boolean
    processes: string | null
    executions: string | null
    first_at: number | null
    last_at: number | null
  }>(
    pool(),
    sql`WITH recorded AS (
          SELECT host_id, alias_id, count(*) AS processes, min(occurred_at) AS first_at, max(occurred_at) AS last_at
          FROM creation WHERE host_id = ANY(${ids}::int[]) GROUP BY host_id, alias_id),
        executed AS (
          SELECT host_id, alias_id, count(*) AS executions FROM execution
          WHERE host_id = ANY(${ids}::int[]) AND anchor_id = id GROUP BY host_id, alias_id)
        SELECT h.id AS host_id, h.name AS host, g.name AS group_name, a.alias, a.pinned, r.processes, e.executions, r.first_at, r.last_at
        FROM host h JOIN host_alias a ON a.host_id = h.id
        LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        LEFT JOIN recorded r ON r.alias_id = a.id AND r.host_id = h.id LEFT JOIN executed e ON e.alias_id = a.id AND e.host_id = h.id
        WHERE h.id = ANY(${ids}::int[]) ${inScope(scope, sql`h.id`)} ORDER BY h.name, a.alias`,
  )
  return found.map((row) => ({
    hostId: row.host_id,
    host: row.host,
    group: row.group_name,
    alias: row.alias,
    pinned: row.pinned,
    processes: Number(row.processes ?? 0),
    executions: Number(row.executions ?? 0),
    firstAt: row.first_at,
    lastAt: row.last_at,
  }))
}

import type { Scope } from '@/lib/pipeline/actor'
import { type StoredDeviation, signaturesOf } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'

/** How a host shows an item. Times in microseconds. */
export type HostOfDeviation = {
  hostId: number
  host: string
  group: string | null
  /** Days on which it deviated, or with `explained` on which it ran. */
  days: number
  executions: number
  scoreMillibits: number
  /** No use of it on this host deviates any more: a ruling explains it. */
  explained: boolean
  /** As printed; empty = not reported. */
  users: string[]
  /** Values of the parent feature. */
  parents: string[]
  firstAt: number
  lastAt: number
}

type Row = {
  host_id: number
  host: string
  group_name: string | null
  days: string
  executions: string
  score: number
  explained: boolean
  users: string[] | null
  parents: string[] | null
  first_at: number
  last_at: number
  total: string
}

const SHOWN_HOSTS = 200

/**
 * Hosts in scope behind an item, the highest score first: its hits where a host has any, else the uses that a ruling explains.
 * `total` counts those that are not shown as well.
 */
export async function listHostsOfDeviation(
  scope: Scope,
  deviation: StoredDeviation,
): Promise<{ hosts: HostOfDeviation[]; total: number }> {
  const ruled = deviation.state !== 'open' && deviation.state !== 'flagged'
  const found = await rows<Row>(
    pool(),
    sql`WITH shown AS (
          SELECT d.host_id, d.day, d.signature_id, d.principal_id, d.executions, d.first_at, d.last_at, d.score_millibits AS score, false AS explained
          FROM deviation_hit d WHERE d.deviation_id = ${deviation.id}::bigint ${inScope(scope, sql`d.host_id`)}
          ${ruled ? sql`UNION ALL ${explainedUse(scope, deviation)}` : empty})
        SELECT w.host_id, h.name AS host, g.name AS group_name, count(DISTINCT w.day) AS days, sum(w.executions) AS executions,
          coalesce(max(w.score), 0) AS score, w.explained, min(w.first_at) AS first_at, max(w.last_at) AS last_at,
          (array_agg(DISTINCT p.name) FILTER (WHERE p.id IS NOT NULL))[1:20] AS users,
          (array_agg(DISTINCT s.content->'features'->>'parent') FILTER (WHERE s.content->'features'->>'parent' IS NOT NULL))[1:20] AS parents,
          count(*) OVER () AS total
        FROM shown w JOIN host h ON h.id = w.host_id JOIN signature s ON s.id = w.signature_id
        LEFT JOIN person p ON p.id = w.principal_id
        LEFT JOIN host_group_member m ON m.host_id = w.host_id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        GROUP BY w.host_id, h.name, g.name, w.explained
        ORDER BY score DESC, last_at DESC, w.host_id LIMIT ${SHOWN_HOSTS}`,
  )
  const hosts = found.map((row) => ({
    hostId: row.host_id,
    host: row.host,
    group: row.group_name,
    days: Number(row.days),
    executions: Number(row.executions),
    scoreMillibits: row.score,
    explained: row.explained,
    users: row.users ?? [],
    parents: row.parents ?? [],
    firstAt: row.first_at,
    lastAt: row.last_at,
  }))
  return { hosts, total: Number(found[0]?.total ?? 0) }
}

/** On hosts where none of it deviates. */
function explainedUse(scope: Scope, deviation: StoredDeviation): Sql {
  return sql`SELECT u.host_id, u.day, u.signature_id, u.principal_id, u.executions, u.first_at, u.last_at, NULL, true
    FROM usage u WHERE u.signature_id IN (${signaturesOf(deviation)}) ${inScope(scope, sql`u.host_id`)}
      AND NOT EXISTS (SELECT FROM deviation_hit d WHERE d.deviation_id = ${deviation.id}::bigint AND d.host_id = u.host_id)`
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from './data-window'
import { type Remembered, remembered } from './remembered'

/** One entry's use: `daily` and all counts within a window, `last_at` ever. As PostgreSQL prints it. */
export type EntryUse = {
  entry_id: number
  executions: string | null
  hosts: string | null
  patterns: string | null
  parents: string | null
  score: number | null
  last_at: string
  /** Executions by day, 'YYYY-MM-DD'. */
  daily: Record<string, number> | null
}

/** The use of every entry that was ever used. */
export async function loadBinariesUse(
  scope: Scope,
  window: DataWindow | null,
): Promise<Remembered<EntryUse[]>> {
  if (window === null) return { value: [], at: null }
  return await remembered('use of all binaries', scope, window, () => loadUseNow(scope, window))
}

async function loadUseNow(scope: Scope, window: DataWindow): Promise<EntryUse[]> {
  const sight = inScope(scope, sql`u.host_id`)
  return await rows<EntryUse>(
    pool(),
    sql`WITH by_day AS MATERIALIZED (
          SELECT u.entry_id, u.day, u.host_id, u.signature_id, sum(u.executions) AS executions, max(u.score_millibits) AS score
          FROM usage u WHERE true ${inWindow(window, sql`u.day`)} ${sight} GROUP BY 1, 2, 3, 4),
        by_signature AS (
          SELECT entry_id, host_id, signature_id, sum(executions) AS executions, max(score) AS score FROM by_day GROUP BY 1, 2, 3),
        used AS (
          SELECT b.entry_id, sum(b.executions) AS executions, count(DISTINCT b.host_id) AS hosts, count(DISTINCT s.pattern_id) AS patterns,
            count(DISTINCT s.feature_ids[3]) AS parents, max(b.score) AS score
          FROM by_signature b JOIN signature s ON s.id = b.signature_id GROUP BY b.entry_id),
        daily AS (
          SELECT entry_id, jsonb_object_agg(day, executions) AS daily FROM (
            SELECT entry_id, day, sum(executions) AS executions FROM by_day GROUP BY 1, 2) d GROUP BY entry_id)
        SELECT c.id AS entry_id, w.executions, w.hosts, w.patterns, w.parents, w.score, l.last_at::text, d.daily
        FROM catalogue_entry c LEFT JOIN used w ON w.entry_id = c.id LEFT JOIN daily d ON d.entry_id = c.id
        JOIN LATERAL (
          SELECT max(u.last_at) AS last_at FROM usage u
          WHERE u.entry_id = c.id ${sight} AND u.day = (SELECT max(u.day) FROM usage u WHERE u.entry_id = c.id ${sight})) l ON l.last_at IS NOT NULL`,
  )
}

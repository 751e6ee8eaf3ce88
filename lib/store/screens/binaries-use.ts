import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { endsWithData } from './binary/rollups'
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

/** By day from the rollup. */
async function loadUseNow(scope: Scope, window: DataWindow): Promise<EntryUse[]> {
  const days = sql`SELECT d.* FROM use_day d WHERE true ${inGroups(scope, sql`d.group_id`)}`
  const sight = inScope(scope, sql`u.host_id`)
  const users = (await endsWithData(window, null))
    ? sql`SELECT DISTINCT u.entry_id, u.host_id FROM host_use u WHERE u.last_day >= ${window.from}::date ${sight}`
    : sql`SELECT DISTINCT u.entry_id, u.host_id FROM usage u WHERE true ${inWindow(window, sql`u.day`)} ${sight}`
  return await rows<EntryUse>(
    pool(),
    sql`WITH inside AS MATERIALIZED (
          SELECT u.entry_id, u.day, u.signature_id, sum(u.executions) AS executions, max(u.score_millibits) AS score
          FROM (${days}) u WHERE true ${inWindow(window, sql`u.day`)} GROUP BY 1, 2, 3),
        used AS (
          SELECT b.entry_id, sum(b.executions) AS executions, count(DISTINCT s.pattern_id) AS patterns,
            count(DISTINCT s.feature_ids[3]) AS parents, max(b.score) AS score
          FROM inside b JOIN signature s ON s.id = b.signature_id GROUP BY b.entry_id),
        hosts AS (SELECT entry_id, count(*) AS hosts FROM (${users}) u GROUP BY entry_id),
        daily AS (
          SELECT entry_id, jsonb_object_agg(day, executions) AS daily FROM (
            SELECT entry_id, day, sum(executions) AS executions FROM inside GROUP BY 1, 2) d GROUP BY entry_id),
        last AS (SELECT u.entry_id, max(u.last_at)::text AS last_at FROM (${days}) u GROUP BY u.entry_id)
        SELECT l.entry_id, w.executions, h.hosts, w.patterns, w.parents, w.score, l.last_at, d.daily
        FROM last l LEFT JOIN used w USING (entry_id) LEFT JOIN hosts h USING (entry_id) LEFT JOIN daily d USING (entry_id)`,
  )
}

import { pool } from '@/lib/store/pool'
import { findRow, rows, sql } from '@/lib/store/sql'
import type { Rollups } from './rollups'

export type ViewTotals = {
  executions: number
  hosts: number
  highestScoreMillibits: number
  lastAt: number | null
}

export async function loadTotals({ days, hosts }: Rollups): Promise<ViewTotals> {
  const [row, used] = await Promise.all([
    findRow<{ executions: string | null; score: number | null; last_at: number | null }>(
      pool(),
      sql`SELECT sum(executions) AS executions, max(score_millibits) AS score, max(last_at) AS last_at FROM (${days}) u`,
    ),
    hosts(),
  ])
  return {
    executions: Number(row?.executions ?? 0),
    hosts: used.executions.size,
    highestScoreMillibits: row?.score ?? 0,
    lastAt: row?.last_at ?? null,
  }
}

export type GroupSeries = { name: string; values: number[] }

/** Executions a day by host group, the busiest groups first; `days` gives the order of values. */
export async function loadUseByGroup(
  { days: used }: Rollups,
  days: readonly string[],
): Promise<GroupSeries[]> {
  const found = await rows<{ name: string; day: string; executions: string }>(
    pool(),
    sql`SELECT coalesce(g.name, 'No group') AS name, u.day, sum(u.executions) AS executions FROM (${used}) u
        LEFT JOIN host_group g ON g.id = u.group_id GROUP BY 1, 2`,
  )
  const byName = new Map<string, Map<string, number>>()
  for (const { name, day, executions } of found) {
    const counts = byName.get(name) ?? new Map<string, number>()
    byName.set(name, counts.set(day, Number(executions)))
  }
  return Array.from(byName, ([name, counts]) => ({
    name,
    values: days.map((day) => counts.get(day) ?? 0),
  })).sort((a, b) => total(b.values) - total(a.values))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

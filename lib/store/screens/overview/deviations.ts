import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { type DataWindow, daysOf, inWindow } from '@/lib/store/screens/data-window'
import { findRow, rows, sql } from '@/lib/store/sql'

/** Bits from which open deviations are counted; each includes the higher ones. */
export const SCORE_STEPS = [4, 8, 12, 16] as const

export type DeviationCounts = {
  byState: Record<string, number>
  /** Open items by the highest score they reached in scope, in the order of SCORE_STEPS. */
  openFrom: number[]
  rulingsInForce: number
}

export async function countDeviations(scope: Scope): Promise<DeviationCounts> {
  const [states, rulings] = await Promise.all([
    rows<{ state: string; score: number; items: string }>(
      pool(),
      sql`SELECT d.state, least(h.score / 4000, 4) AS score, count(*) AS items FROM deviation d
          CROSS JOIN LATERAL (SELECT max(score_millibits) AS score FROM deviation_hit h
            WHERE h.deviation_id = d.id ${inScope(scope, sql`h.host_id`)}) h
          WHERE h.score IS NOT NULL GROUP BY 1, 2`,
    ),
    findRow<{ rulings: string }>(
      pool(),
      sql`SELECT count(*) AS rulings FROM ruling WHERE revoked_at IS NULL AND (valid_to IS NULL OR valid_to > current_date)`,
    ),
  ])
  const byState: Record<string, number> = {}
  for (const { state, items } of states) byState[state] = (byState[state] ?? 0) + Number(items)
  const open = states.filter(({ state }) => state === 'open')
  const openFrom = SCORE_STEPS.map((bits) =>
    open.reduce((sum, { score, items }) => sum + (score * 4 >= bits ? Number(items) : 0), 0),
  )
  return { byState, openFrom, rulingsInForce: Number(rulings?.rulings ?? 0) }
}

export type Trends = { days: string[]; executions: number[]; newDeviations: number[] }

/** Executions a day, and deviations by the day they were first seen, over a window. */
export async function readTrends(scope: Scope, window: DataWindow): Promise<Trends> {
  type Count = { day: string; count: string }
  const [executions, deviations] = await Promise.all([
    rows<Count>(
      pool(),
      sql`SELECT day, sum(executions) AS count FROM use_day
          WHERE true ${inWindow(window, sql`day`)} ${inGroups(scope, sql`group_id`)} GROUP BY day`,
    ),
    rows<Count>(
      pool(),
      sql`SELECT day, count(*) AS count FROM (
            SELECT min(h.day) AS day FROM deviation_hit h WHERE true ${inScope(scope, sql`h.host_id`)} GROUP BY h.deviation_id) first
          WHERE true ${inWindow(window, sql`day`)} GROUP BY day`,
    ),
  ])
  const days = daysOf(window)
  const inOrder = (counts: readonly Count[]) => {
    const byDay = new Map(counts.map(({ day, count }) => [day, Number(count)]))
    return days.map((day) => byDay.get(day) ?? 0)
  }
  return { days, executions: inOrder(executions), newDeviations: inOrder(deviations) }
}

import type { Scope } from '@/lib/pipeline/actor'
import { SIGNATURES_OF_ITEMS } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { type DataWindow, daysOf, inWindow } from '@/lib/store/screens/data-window'
import { hitsByItem } from '@/lib/store/screens/deviations/hits-by-item'
import { rows, type Sql, sql } from '@/lib/store/sql'

/** Bits from which open deviations are counted; each includes the higher ones. */
export const SCORE_STEPS = [4, 8, 12, 16] as const

export type DeviationCounts = {
  byState: Record<string, number>
  /** Open items by the highest score they reached in scope, in the order of SCORE_STEPS. */
  openFrom: number[]
  rulingsInForce: number
}

export async function countDeviations(scope: Scope): Promise<DeviationCounts> {
  const states = await rows<{ state: string; score: number | null; items: string; rulings: string }>(
    pool(),
    sql`WITH ${itemsInSight(scope)},
        ruled AS (
          SELECT deviation_id, count(*) AS rulings FROM ruling
          WHERE revoked_at IS NULL AND (valid_to IS NULL OR valid_to >= current_date) GROUP BY deviation_id)
        SELECT CASE WHEN again THEN 'open' ELSE state END AS state, least(score / 4000, 4) AS score, count(*) AS items,
          coalesce(sum(rulings), 0) AS rulings
        FROM item LEFT JOIN ruled ON ruled.deviation_id = item.id GROUP BY 1, 2`,
  )
  const byState: Record<string, number> = {}
  for (const { state, items } of states) byState[state] = (byState[state] ?? 0) + Number(items)
  const open = states.filter(({ state }) => state === 'open')
  const openFrom = SCORE_STEPS.map((bits) =>
    open.reduce((sum, { score, items }) => sum + ((score ?? 0) * 4 >= bits ? Number(items) : 0), 0),
  )
  const rulingsInForce = states.reduce((sum, { rulings }) => sum + Number(rulings), 0)
  return { byState, openFrom, rulingsInForce }
}

/**
 * `WITH …`: what the queue has of items, for counts alone. `item`: those that show on a host in scope, with the highest score there and the first day; what a
 * ruling explains has no score, and its days are those of its use. `again`: explained, and yet some use of it deviates.
 */
function itemsInSight(scope: Scope): Sql {
  return sql`hit AS (${hitsByItem(scope)}),
    explained AS (
      SELECT d.id AS deviation_id, min(u.day) AS first_day FROM deviation d JOIN ${SIGNATURES_OF_ITEMS}
      CROSS JOIN LATERAL (SELECT u.day FROM usage u WHERE u.signature_id = s.id ${inScope(scope, sql`u.host_id`)} ORDER BY u.day LIMIT 1) u
      WHERE d.touched AND NOT EXISTS (SELECT FROM hit WHERE hit.deviation_id = d.id) GROUP BY d.id),
    item AS (
      SELECT d.id, d.state, hit.score, coalesce(hit.first_day, explained.first_day) AS first_day,
        d.state IN ('expected', 'authorised-test') AND coalesce(hit.settled, false) AS again
      FROM deviation d LEFT JOIN hit ON hit.deviation_id = d.id LEFT JOIN explained ON explained.deviation_id = d.id
      WHERE hit.deviation_id IS NOT NULL OR explained.deviation_id IS NOT NULL)`
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
      sql`WITH ${itemsInSight(scope)}
          SELECT first_day AS day, count(*) AS count FROM item WHERE true ${inWindow(window, sql`first_day`)} GROUP BY first_day`,
    ),
  ])
  const days = daysOf(window)
  const inOrder = (counts: readonly Count[]) => {
    const byDay = new Map(counts.map(({ day, count }) => [day, Number(count)]))
    return days.map((day) => byDay.get(day) ?? 0)
  }
  return { days, executions: inOrder(executions), newDeviations: inOrder(deviations) }
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { isAnsweredByUsage, type ResolvedFilter, usageConditions } from './conditions'
import { matchingKeys } from './search'

/** Executions counted when the rollup cannot answer; there may be more. */
export const COUNT_LIMIT = 10_000

export type Timeline = {
  /** Days with executions, oldest first. */
  days: { day: string; executions: number }[]
  total: number
  /** `total` is all there are; else only the newest COUNT_LIMIT were counted. */
  complete: boolean
}

/** Executions a day: from the rollup where it holds what is asked for, else counted, newest first, up to a limit. */
export async function countByDay(scope: Scope, filter: ResolvedFilter): Promise<Timeline> {
  const query = isAnsweredByUsage(filter)
    ? sql`SELECT u.day, sum(u.executions) AS executions FROM usage u
        WHERE true ${inScope(scope, sql`u.host_id`)} ${usageConditions(filter)} GROUP BY u.day ORDER BY u.day`
    : sql`SELECT (k.occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS executions
        FROM (${matchingKeys(scope, filter, null)} LIMIT ${COUNT_LIMIT}) k GROUP BY day ORDER BY day`
  const found = await rows<{ day: string; executions: string }>(pool(), query)
  const days = found.map(({ day, executions }) => ({ day, executions: Number(executions) }))
  const total = days.reduce((sum, { executions }) => sum + executions, 0)
  return { days, total, complete: isAnsweredByUsage(filter) || total < COUNT_LIMIT }
}

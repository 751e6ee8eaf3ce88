import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import {
  isAnsweredByDays,
  isAnsweredByUsage,
  type ResolvedFilter,
  scoredTable,
  usageConditions,
} from './conditions'
import { matchingKeys } from './search'

/** Executions counted when the rollup cannot answer; there may be more. */
export const COUNT_LIMIT = 10_000

/** Executions from a moment on, for `seconds`; both as the URL of the page takes them. */
export type TimelineBar = { from: string; to: string; executions: number }

export type Timeline = {
  /** Days with executions, oldest first; null = the window is short and `bars` show it. */
  days: { day: string; executions: number }[] | null
  /** Every bar of a short window, oldest first. */
  bars: TimelineBar[]
  total: number
  /** `total` is all there are; else only the newest COUNT_LIMIT were counted. */
  complete: boolean
}

/** Up to this long a window is shown in hours, or in parts of one. */
const SHORT_SECONDS = 4 * 86_400
const BAR_SECONDS = [60, 300, 900, 3600] as const
const MOST_BARS = 100

/** Executions a day: from the rollup where it holds what is asked for, else counted, newest first, up to a limit. Short windows in hours or less. */
export async function countByTime(scope: Scope, filter: ResolvedFilter): Promise<Timeline> {
  const { fromUs, untilUs } = filter.window
  if (fromUs !== null && untilUs !== null && untilUs > fromUs && untilUs - fromUs <= SHORT_SECONDS * 1e6)
    return countByBar(scope, filter, { fromUs, untilUs })
  const query = isAnsweredByUsage(filter)
    ? sql`SELECT u.day, sum(u.executions) AS executions FROM ${isAnsweredByDays(filter) ? sql`use_day` : scoredTable(filter)} u
        WHERE true ${isAnsweredByDays(filter) ? inGroups(scope, sql`u.group_id`) : inScope(scope, sql`u.host_id`)} ${usageConditions(filter)} GROUP BY u.day ORDER BY u.day`
    : sql`SELECT (k.occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS executions
        FROM (${matchingKeys(scope, filter, null)} LIMIT ${COUNT_LIMIT}) k GROUP BY day ORDER BY day`
  const found = await rows<{ day: string; executions: string }>(pool(), query)
  const days = found.map(({ day, executions }) => ({ day, executions: Number(executions) }))
  const total = days.reduce((sum, { executions }) => sum + executions, 0)
  return { days, bars: [], total, complete: isAnsweredByUsage(filter) || total < COUNT_LIMIT }
}

async function countByBar(
  scope: Scope,
  filter: ResolvedFilter,
  { fromUs, untilUs }: { fromUs: number; untilUs: number },
): Promise<Timeline> {
  const span = (untilUs - fromUs) / 1e6
  const seconds = BAR_SECONDS.find((one) => span / one <= MOST_BARS) ?? 3600
  const found = await rows<{ bar: string; executions: string }>(
    pool(),
    sql`SELECT floor(extract(epoch FROM k.occurred_at - ${toTimestamp(fromUs)}::timestamptz) / ${seconds}::int)::int8 AS bar, count(*) AS executions
        FROM (${matchingKeys(scope, filter, null)} LIMIT ${COUNT_LIMIT}) k GROUP BY bar`,
  )
  const counts = new Map(found.map(({ bar, executions }) => [Number(bar), Number(executions)]))
  const bars = Array.from({ length: Math.ceil(span / seconds) }, (_, index) => ({
    from: toMoment(fromUs + index * seconds * 1e6),
    to: toMoment(Math.min(untilUs, fromUs + (index + 1) * seconds * 1e6)),
    executions: counts.get(index) ?? 0,
  }))
  const total = bars.reduce((sum, { executions }) => sum + executions, 0)
  return { days: null, bars, total, complete: total < COUNT_LIMIT }
}

/** '2026-01-31T08:30:00' */
function toMoment(us: number): string {
  return new Date(us / 1000).toISOString().slice(0, 19)
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { findRow, rows, type Sql, sql } from '@/lib/store/sql'
import {
  isAnsweredByDays,
  isAnsweredByUsage,
  newestRows,
  type ResolvedFilter,
  scoredTable,
  usageConditions,
} from './conditions'
import { matchingKeys } from './search'
import { areFrequent } from './words'

/** Executions counted when the rollup cannot answer; there may be more. */
const COUNT_LIMIT = 10_000
/** Of words that no index leads to, the newest records that are looked through. */
const LOOKED_THROUGH = 100_000

/** Executions from a moment on, for `seconds`; both as the URL of the page takes them. */
export type TimelineBar = { from: string; to: string; executions: number }

export type Timeline = {
  /** Days with executions, oldest first; null = the window is short and `bars` show it. */
  days: { day: string; executions: number }[] | null
  /** Every bar of a short window, oldest first. */
  bars: TimelineBar[]
  total: number
  /** `total` is all there are; else only the newest were counted. */
  complete: boolean
}

/** Up to this long a window is shown in hours, or in parts of one. */
const SHORT_SECONDS = 4 * 86_400
const BAR_SECONDS = [60, 300, 900, 3600] as const
const MOST_BARS = 100

/** Executions a day: from the rollup where it holds what is asked for, else counted, newest first, up to a limit. Short windows in hours or less. */
export async function countByTime(
  scope: Scope,
  filter: ResolvedFilter,
  lookedThrough = LOOKED_THROUGH,
): Promise<Timeline> {
  const { fromUs, untilUs } = filter.window
  const { keys, isCut } = countedKeys(scope, filter, lookedThrough)
  if (fromUs !== null && untilUs !== null && untilUs > fromUs && untilUs - fromUs <= SHORT_SECONDS * 1e6)
    return countByBar(keys, isCut, { fromUs, untilUs })
  const query = isAnsweredByUsage(filter)
    ? sql`SELECT u.day, sum(u.executions) AS executions FROM ${isAnsweredByDays(filter) ? sql`use_day` : scoredTable(filter)} u
        WHERE true ${isAnsweredByDays(filter) ? inGroups(scope, sql`u.group_id`) : inScope(scope, sql`u.host_id`)} ${usageConditions(filter)} GROUP BY u.day ORDER BY u.day`
    : sql`SELECT (k.occurred_at AT TIME ZONE 'UTC')::date AS day, count(*) AS executions
        FROM (${keys}) k GROUP BY day ORDER BY day`
  const [found, cut] = await Promise.all([rows<{ day: string; executions: string }>(pool(), query), isCut()])
  const days = found.map(({ day, executions }) => ({ day, executions: Number(executions) }))
  const total = days.reduce((sum, { executions }) => sum + executions, 0)
  return { days, bars: [], total, complete: isAnsweredByUsage(filter) || (total < COUNT_LIMIT && !cut) }
}

/** What is counted where the rollup cannot answer, and whether there may be more because not everything is looked through. */
function countedKeys(scope: Scope, filter: ResolvedFilter, lookedThrough: number) {
  if (filter.importFileIds.length > 0 || !areFrequent(filter.terms))
    return {
      keys: sql`${matchingKeys(scope, filter, null)} LIMIT ${COUNT_LIMIT}`,
      isCut: async () => false,
    }
  const next = sql`SELECT FROM ${newestRows(scope, filter, lookedThrough + 1)} e OFFSET ${lookedThrough} LIMIT 1`
  return {
    keys: sql`${matchingKeys(scope, filter, null, newestRows(scope, filter, lookedThrough))} LIMIT ${COUNT_LIMIT}`,
    isCut: async () => (await findRow(pool(), next)) !== null,
  }
}

async function countByBar(
  keys: Sql,
  isCut: () => Promise<boolean>,
  { fromUs, untilUs }: { fromUs: number; untilUs: number },
): Promise<Timeline> {
  const span = (untilUs - fromUs) / 1e6
  const seconds = BAR_SECONDS.find((one) => span / one <= MOST_BARS) ?? 3600
  const query = sql`SELECT floor(extract(epoch FROM k.occurred_at - ${toTimestamp(fromUs)}::timestamptz) / ${seconds}::int)::int8 AS bar, count(*) AS executions
        FROM (${keys}) k GROUP BY bar`
  const [found, cut] = await Promise.all([rows<{ bar: string; executions: string }>(pool(), query), isCut()])
  const counts = new Map(found.map(({ bar, executions }) => [Number(bar), Number(executions)]))
  const bars = Array.from({ length: Math.ceil(span / seconds) }, (_, index) => ({
    from: toMoment(fromUs + index * seconds * 1e6),
    to: toMoment(Math.min(untilUs, fromUs + (index + 1) * seconds * 1e6)),
    executions: counts.get(index) ?? 0,
  }))
  const total = bars.reduce((sum, { executions }) => sum + executions, 0)
  return { days: null, bars, total, complete: total < COUNT_LIMIT && !cut }
}

/** '2026-01-31T08:30:00' */
function toMoment(us: number): string {
  return new Date(us / 1000).toISOString().slice(0, 19)
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { rows, type Sql, sql } from '@/lib/store/sql'
import { remembered } from '../remembered'
import {
  isAnsweredByDays,
  isAnsweredByUsage,
  type NamedFilter,
  type ResolvedFilter,
  scoredTable,
  usageConditions,
} from './conditions'
import { countDaysOfUse, type Day } from './days-of-use'
import { rowsOnTrail } from './look-through'
import { isMatch } from './search'

/** Executions from a moment on, for `seconds`; both as the URL of the page takes them. */
export type TimelineBar = { from: string; to: string; executions: number }

export type Timeline = {
  /** Days with executions, oldest first; null = the window is short and `bars` show it. */
  days: Day[] | null
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
/** Counts that take less are always made. */
const SLOW_COUNT_MS = 75
/** The list beside a count is as it is now. */
const OLDEST_COUNT_MS = 60_000

/** Executions a day: from rollups where they hold what is asked for, else counted, newest first, up to a limit. Short windows in hours or less. */
export async function countByTime(scope: Scope, filter: ResolvedFilter): Promise<Timeline> {
  const { fromUs, untilUs } = filter.window
  if (fromUs !== null && untilUs !== null && untilUs > fromUs && untilUs - fromUs <= SHORT_SECONDS * 1e6)
    return countByBar(scope, filter, { fromUs, untilUs })
  const { days, complete } = isAnsweredByUsage(filter)
    ? { days: await countUseSeen(scope, filter), complete: true }
    : await countDays(scope, filter)
  return { days, bars: [], total: sumOf(days), complete }
}

/** Counted again once anything was computed a while ago. The trail is only a way to find them, the order says nothing of how many. */
async function countUseSeen(scope: Scope, { trail: _, ...asked }: ResolvedFilter): Promise<Day[]> {
  const how = { slowMs: SLOW_COUNT_MS, oldestMs: OLDEST_COUNT_MS }
  // one count for both orders
  const filter = { ...asked, newestFirst: true }
  return (await remembered('executions by day', scope, filter, () => countUse(scope, filter), how)).value
}

/** Days of use, from the smallest table that has what is asked for. */
async function countUse(scope: Scope, filter: NamedFilter): Promise<Day[]> {
  const isScored = filter.minScoreMillibits !== null || filter.deviationIds.length > 0
  const byGroup = isAnsweredByDays(filter)
  if (!isScored && !byGroup) return countDaysOfUse(scope, filter)
  const found = await rows<{ day: string; executions: string }>(
    pool(),
    sql`SELECT u.day, sum(u.executions) AS executions FROM ${byGroup ? sql`use_day` : scoredTable(filter)} u
        WHERE true ${byGroup ? inGroups(scope, sql`u.group_id`) : inScope(scope, sql`u.host_id`)} ${usageConditions(filter)} GROUP BY u.day ORDER BY u.day`,
  )
  return found.map(({ day, executions }) => ({ day, executions: Number(executions) }))
}

async function countDays(scope: Scope, filter: ResolvedFilter) {
  const { counts, complete } = await countLooked<string>(
    scope,
    filter,
    sql`(e.occurred_at AT TIME ZONE 'UTC')::date`,
  )
  const days = [...counts].map(([day, executions]) => ({ day, executions }))
  return { days: days.toSorted((a, b) => a.day.localeCompare(b.day)), complete }
}

/** What is looked through, counted apart by a value of it; `complete`: that is all there is. */
async function countLooked<Part>(scope: Scope, filter: ResolvedFilter, part: Sql) {
  const { counted } = filter.limits
  const found = await rows<{ part: Part; executions: string; looked: string }>(
    pool(),
    sql`SELECT ${part} AS part, count(*) FILTER (WHERE ${isMatch(scope, filter)}) AS executions, count(*) AS looked
        FROM ${rowsOnTrail({ ...filter, newestFirst: true }, null, counted)} e GROUP BY part`,
  )
  const all = found.reduce((sum, row) => sum + Number(row.looked), 0)
  return {
    counts: new Map(
      found.flatMap(({ part, executions }) =>
        executions === '0' ? [] : [[part, Number(executions)] as const],
      ),
    ),
    complete: filter.trail.kind === 'all' || all < counted,
  }
}

async function countByBar(
  scope: Scope,
  filter: ResolvedFilter,
  { fromUs, untilUs }: { fromUs: number; untilUs: number },
): Promise<Timeline> {
  const span = (untilUs - fromUs) / 1e6
  const seconds = BAR_SECONDS.find((one) => span / one <= MOST_BARS) ?? 3600
  const { counts, complete } = await countLooked<number>(
    scope,
    filter,
    sql`floor(extract(epoch FROM e.occurred_at - ${toTimestamp(fromUs)}::timestamptz) / ${seconds}::int)::int`,
  )
  const bars = Array.from({ length: Math.ceil(span / seconds) }, (_, index) => ({
    from: toMoment(fromUs + index * seconds * 1e6),
    to: toMoment(Math.min(untilUs, fromUs + (index + 1) * seconds * 1e6)),
    executions: counts.get(index) ?? 0,
  }))
  return { days: null, bars, total: sumOf(bars), complete }
}

function sumOf(parts: readonly { executions: number }[]): number {
  return parts.reduce((sum, { executions }) => sum + executions, 0)
}

/** '2026-01-31T08:30:00' */
function toMoment(us: number): string {
  return new Date(us / 1000).toISOString().slice(0, 19)
}

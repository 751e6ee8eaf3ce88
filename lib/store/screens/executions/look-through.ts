import type { Scope } from '@/lib/pipeline/actor'
import { beyond, byTime, type TimeKey } from '@/lib/store/screens/time-order'
import { empty, raw, type Sql, sql } from '@/lib/store/sql'
import { areDeviations, type ResolvedFilter } from './conditions'
import { scoredRows } from './scored'
import { inTimeWindow } from './words'

/** `ORDER BY`. Slots come first where they are looked through one by one: then those behind the page's end are not read. */
export function inOrder({ trail, newestFirst }: ResolvedFilter, e: Sql): Sql {
  const bySlot = trail.kind === 'slots' ? sql`${e}since ${raw(newestFirst ? 'DESC' : 'ASC')}, ` : empty
  return sql`ORDER BY ${bySlot}${byTime(newestFirst, e)}`
}

/** As a table: all that can match. */
export function searched(scope: Scope, filter: ResolvedFilter): Sql {
  if (filter.trail.kind === 'all') return filter.trail.rows
  return areDeviations(filter) ? scoredRows(scope, filter) : sql`execution_with_texts`
}

/**
 * As a table of the columns of `execution_with_texts`: what lies on the filter's trail behind a key, all of it where that is little, else the first of it,
 * `limit` of them.
 */
export function rowsOnTrail(filter: ResolvedFilter, after: TimeKey | null, limit: number): Sql {
  const { trail, window, newestFirst } = filter
  if (trail.kind === 'all') return trail.rows
  const inTime = inTimeWindow(window, sql`occurred_at`)
  const here = sql`${inTime} ${beyond(newestFirst, after, empty)}`
  const ordered = byTime(newestFirst, empty)
  if (trail.kind === 'everything')
    return sql`(SELECT * FROM execution_with_texts WHERE true ${here} ORDER BY ${ordered} LIMIT ${limit})`
  const slotOf = (time: Sql) => sql`date_trunc(${trail.slot}, ${time} AT TIME ZONE 'UTC')`
  // what lies in time is asked for outside of a slot, OFFSET 0: the planner would read all of the time by itself to compare it with the slot
  const [direction, step] = newestFirst ? [raw('DESC'), raw('-')] : [raw('ASC'), empty]
  const ends = [sql`max(occurred_at)`, sql`min(occurred_at)`] as const
  const [first, last] = newestFirst ? ends : ends.toReversed()
  return sql`(SELECT slot.since, e.* FROM (
      SELECT since FROM generate_series(
        (SELECT ${slotOf(first)} FROM execution WHERE true ${here}),
        (SELECT ${slotOf(last)} FROM execution WHERE true ${inTime}),
        ${step}${`1 ${trail.slot}`}::interval) since ORDER BY since ${direction}) slot
    CROSS JOIN LATERAL (SELECT * FROM (${trail.rowsOf} ${inMonths(filter, after)} OFFSET 0) e WHERE true ${here} ORDER BY ${ordered}) e
    ORDER BY slot.since ${direction}, ${byTime(newestFirst, sql`e.`)} LIMIT ${limit})`
}

/** `AND …`: months are left out that the window of time, or what comes behind a key, has no part of. */
function inMonths({ window, newestFirst }: ResolvedFilter, after: TimeKey | null): Sql {
  const behind = after === null ? [] : [after.occurredAtUs]
  const from = Math.max(window.fromUs ?? Number.NEGATIVE_INFINITY, ...(newestFirst ? [] : behind))
  const last = Math.min(window.untilUs ?? Number.POSITIVE_INFINITY, ...(newestFirst ? behind : []))
  return inTimeWindow(
    {
      fromUs: Number.isFinite(from) ? monthAt(from, 0) : null,
      untilUs: Number.isFinite(last) ? monthAt(last, 1) : null,
    },
    sql`occurred_at`,
  )
}

/** The first moment of a month, UTC, or of one that many after it. */
function monthAt(us: number, later: number): number {
  const time = new Date(us / 1000)
  return Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + later) * 1000
}

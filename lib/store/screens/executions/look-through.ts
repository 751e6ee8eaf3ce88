import type { Scope } from '@/lib/pipeline/actor'
import { toTimestamp } from '@/lib/store/pool'
import { empty, type Sql, sql } from '@/lib/store/sql'
import { areDeviations, type ResolvedFilter } from './conditions'
import type { TimeWindow } from './filter'
import { scoredRows } from './scored'
import { inTimeWindow } from './words'

/** Where an execution is in the list. */
type Place = { hostId: number; occurredAtUs: number; id: string }

const NEWEST_FIRST: Sql = sql`occurred_at DESC, host_id DESC, id DESC`

/** `AND …` that keeps to what comes behind a key. The first condition says nothing new: by it months are left out. */
export function beyond(after: Place | null, e: Sql): Sql {
  if (after === null) return empty
  const at = sql`${toTimestamp(after.occurredAtUs)}::timestamptz`
  return sql`AND ${e}occurred_at <= ${at} AND (${e}occurred_at, ${e}host_id, ${e}id) < (${at}, ${after.hostId}::int, ${after.id}::bigint)`
}

/** `ORDER BY`: newest first. Slots come first where they are looked through one by one: then those behind the page's end are not read. */
export function newestFirst({ trail }: ResolvedFilter, e: Sql): Sql {
  const bySlot = trail.kind === 'slots' ? sql`${e}since DESC, ` : empty
  return sql`ORDER BY ${bySlot}${e}occurred_at DESC, ${e}host_id DESC, ${e}id DESC`
}

/** As a table: all that can match. */
export function searched(scope: Scope, filter: ResolvedFilter): Sql {
  if (filter.trail.kind === 'all') return filter.trail.rows
  return areDeviations(filter) ? scoredRows(scope, filter) : sql`execution_with_texts`
}

/**
 * As a table of the columns of `execution_with_texts`: what lies on the filter's trail behind a key, all of it where that is little, else its newest,
 * `limit` of them.
 */
export function rowsOnTrail({ trail, window }: ResolvedFilter, after: Place | null, limit: number): Sql {
  if (trail.kind === 'all') return trail.rows
  const inTime = inTimeWindow(window, sql`occurred_at`)
  const here = sql`${inTime} ${beyond(after, empty)}`
  if (trail.kind === 'newest')
    return sql`(SELECT * FROM execution_with_texts WHERE true ${here} ORDER BY ${NEWEST_FIRST} LIMIT ${limit})`
  const slotOf = (time: Sql) => sql`date_trunc(${trail.slot}, ${time} AT TIME ZONE 'UTC')`
  // what lies in time is asked for outside of a slot, OFFSET 0: the planner would read all of the time by itself to compare it with the slot
  return sql`(SELECT slot.since, e.* FROM (
      SELECT since FROM generate_series(
        (SELECT ${slotOf(sql`max(occurred_at)`)} FROM execution WHERE true ${here}),
        (SELECT ${slotOf(sql`min(occurred_at)`)} FROM execution WHERE true ${inTime}),
        -${`1 ${trail.slot}`}::interval) since ORDER BY since DESC) slot
    CROSS JOIN LATERAL (SELECT * FROM (${trail.rowsOf} ${inMonths(window, after)} OFFSET 0) e WHERE true ${here} ORDER BY ${NEWEST_FIRST}) e
    ORDER BY slot.since DESC, e.occurred_at DESC, e.host_id DESC, e.id DESC LIMIT ${limit})`
}

/** `AND …`: months are left out that a window of time, or what comes behind a key, has no part of. */
function inMonths({ fromUs, untilUs }: TimeWindow, after: Place | null): Sql {
  const last = Math.min(untilUs ?? Number.POSITIVE_INFINITY, after?.occurredAtUs ?? Number.POSITIVE_INFINITY)
  return inTimeWindow(
    {
      fromUs: fromUs === null ? null : monthAt(fromUs, 0),
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

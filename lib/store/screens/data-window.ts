import type { Scope } from '@/lib/pipeline/actor'
import { addDays, daysBetween } from '@/lib/pipeline/days'
import { COMMON_FIRST, COMMON_LAST, hostSpans } from '@/lib/store/host-coverage'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, plannedRows, type Sql, sql } from '@/lib/store/sql'
import { LONGEST_DAYS, readDays, toDay } from './moment'
import type { TableRequest } from './table-request'

/** Days, both included, 'YYYY-MM-DD'. */
export type DataWindow = { from: string; to: string }

/** First and newest day of telemetry that the actor may see, also where controls alone report; null = none yet. */
export async function findDataSpan(scope: Scope): Promise<DataWindow | null> {
  const [found] = await plannedRows<{ from: string | null; to: string | null }>(pool(), dataSpan(scope))
  return found?.from && found.to ? { from: found.from, to: found.to } : null
}

/** The same as a query of one row, `from` and `to`. */
export function dataSpan(scope: Scope): Sql {
  return sql`SELECT min(first) AS from, max(last) AS to FROM (
    SELECT min(day) AS first, max(day) AS last FROM coverage WHERE true ${inScope(scope, sql`host_id`)}
    UNION ALL SELECT min(day), max(day) FROM telemetry WHERE true ${inScope(scope, sql`host_id`)}) AS spans`
}

/** The days over which hosts that the actor may see report, apart from the tenth whose history begins first and the tenth whose ends last; null = none yet. */
export async function findCommonSpan(scope: Scope): Promise<DataWindow | null> {
  const found = await findRow<{ from: string | null; to: string | null }>(
    pool(),
    sql`SELECT ${COMMON_FIRST} AS from, ${COMMON_LAST} AS to FROM ${hostSpans(scope)} AS hosts`,
  )
  const { from, to } = found ?? {}
  return from && to && from <= to ? { from, to } : await findDataSpan(scope)
}

/** The last `days` days that there is data for; shorter where there is less. */
export function lastDays(span: DataWindow, days: number): DataWindow {
  const from = addDays(span.to, 1 - days)
  return { from: from < span.from ? span.from : from, to: span.to }
}

/** The window a page's URL asks for: `from` and `to` (the last LONGEST_DAYS of it), or `days` (default given), within what there is data for. */
export function requestedWindow(
  span: DataWindow,
  { filters }: Pick<TableRequest, 'filters'>,
  defaultDays: number,
): DataWindow {
  const window = lastDays(span, readDays(filters['days']?.[0]) ?? defaultDays)
  const from = toDay(filters['from']?.[0]) ?? window.from
  const to = toDay(filters['to']?.[0]) ?? window.to
  if (from > to) return window
  const earliest = addDays(to, 1 - LONGEST_DAYS)
  return { from: from < earliest ? earliest : from, to }
}

/** Every day of a window, oldest first. */
export function daysOf({ from, to }: DataWindow): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index))
}

/** Whether a time, `column`, lies in the window. */
export function during({ from, to }: DataWindow, column: Sql): Sql {
  return sql`(${column} >= ${from}::date::timestamp AT TIME ZONE 'UTC' AND ${column} < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC')`
}

/** `AND column BETWEEN …`; `column` is a date. */
export function inWindow(window: DataWindow, column: Sql): Sql {
  return sql`AND ${column} BETWEEN ${window.from}::date AND ${window.to}::date`
}

import type { Scope } from '@/lib/pipeline/actor'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { pool } from '@/lib/store/pool'
import { inGroups, inScope } from '@/lib/store/scope'
import { empty, findRow, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'
import { type BinaryView, inView, usageIn } from './view'

/**
 * What is asked of a binary's use in view, from the smallest tables that say it exactly: `days` by day, group and signature (day, group_id, signature_id,
 * executions, deviating, hours, first_at, last_at, score_millibits), `spans` by host, signature and person (host_id, signature_id, principal_id).
 */
export type Rollups = { days: Sql; spans: Sql }

export async function rollupsOf(scope: Scope, view: BinaryView): Promise<Rollups> {
  return {
    days: view.host === null ? foldedDays(scope, view) : daysOfUsage(scope, view),
    spans: (await endsWithData(view.window, view.entryId))
      ? foldedSpans(scope, view)
      : spansOfUsage(scope, view),
  }
}

/**
 * Whether nothing was used later, or not that entry: who used it in such a window is whoever used it last since its first day, which `use_span`
 * says; in any other, `usage` has to be asked.
 */
export async function endsWithData({ to }: DataWindow, entryId: number | null): Promise<boolean> {
  const of = entryId === null ? empty : sql`AND entry_id = ${entryId}`
  return (await findRow(pool(), sql`SELECT FROM use_day WHERE day > ${to}::date ${of} LIMIT 1`)) === null
}

/** A group's use is that of its hosts as they are now, as `use_day` counts it. */
function foldedDays(scope: Scope, { entryId, window, group }: BinaryView): Sql {
  return sql`SELECT d.* FROM use_day d WHERE d.entry_id = ${entryId} ${inWindow(window, sql`d.day`)}
    ${inGroups(scope, sql`d.group_id`)}
    ${group === null ? empty : sql`AND d.group_id = (SELECT id FROM host_group WHERE name = ${group})`}`
}

function daysOfUsage(scope: Scope, view: BinaryView): Sql {
  return sql`SELECT u.day, coalesce(m.group_id, 0) AS group_id, u.signature_id, u.executions,
      CASE WHEN u.score_millibits >= ${DEVIATION_FLOOR_MILLIBITS} THEN u.executions ELSE 0 END AS deviating, u.hours, u.first_at, u.last_at, u.score_millibits
    FROM (${usageIn(scope, view)}) u LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL`
}

function foldedSpans(scope: Scope, view: BinaryView): Sql {
  const { entryId, window, host, group } = view
  return sql`SELECT s.host_id, s.signature_id, s.principal_id FROM use_span s
    WHERE s.entry_id = ${entryId} AND s.last_day >= ${window.from}::date ${inScope(scope, sql`s.host_id`)}
    ${host === null ? empty : sql`AND s.host_id = (SELECT id FROM host WHERE name = ${host})`}
    ${group === null ? empty : sql`AND s.host_id IN (SELECT m.host_id FROM host_group_member m JOIN host_group g ON g.id = m.group_id WHERE m.valid_to IS NULL AND g.name = ${group})`}`
}

function spansOfUsage(scope: Scope, view: BinaryView): Sql {
  return sql`SELECT DISTINCT u.host_id, u.signature_id, u.principal_id FROM usage u
    WHERE u.entry_id = ${view.entryId} ${inView(scope, view, sql`u`)}`
}

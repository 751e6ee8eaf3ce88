import type { Scope } from '@/lib/pipeline/actor'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { pool } from '@/lib/store/pool'
import { inGroups } from '@/lib/store/scope'
import { empty, findRow, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'
import { type HostsInView, loadHostsOfUse } from './hosts-of-use'
import { type BinaryView, usageIn } from './view'

/**
 * What is asked of a binary's use in view, from the smallest tables that say it exactly: `days` by day, group and signature (day, group_id, signature_id,
 * executions, deviating, hours, first_at, last_at, score_millibits); `hosts` reads who used it, once.
 */
export type Rollups = { days: Sql; hosts: () => Promise<HostsInView> }

export function rollupsOf(scope: Scope, view: BinaryView): Rollups {
  let reading: Promise<HostsInView> | undefined
  return {
    days: view.host === null ? foldedDays(scope, view) : daysOfUsage(scope, view),
    hosts: () => {
      reading ??= loadHostsOfUse(scope, view)
      return reading
    },
  }
}

/**
 * Whether nothing was used later, or not that entry: who used it in such a window is whoever used it last since its first day, which `host_use`
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

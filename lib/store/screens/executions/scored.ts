import type { Scope } from '@/lib/pipeline/actor'
import { PARTNER_REACH, PARTNER_REACH_US } from '@/lib/store/partner-reach'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, findRow, type Sql, sql } from '@/lib/store/sql'
import { executionsOfUse, isSameUse } from '@/lib/store/use-of-execution'
import { looksAtRecords, type NamedFilter, scoreConditions } from './conditions'

/** Uses that score as what is asked for, of deviations: counted up to a limit. */
export async function countScoredUses(scope: Scope, filter: NamedFilter, limit: number): Promise<number> {
  const found = await findRow<{ uses: string }>(
    pool(),
    sql`SELECT count(*) AS uses FROM (${scoredUses(scope, filter)} LIMIT ${limit + 1}) u`,
  )
  return Number(found?.uses ?? 0)
}

/** As a table: the executions of these uses; where a record can match by itself all of their processes' records. */
export function scoredRows(scope: Scope, filter: NamedFilter): Sql {
  const anchors = anchorsOf(scoredUses(scope, filter))
  if (!looksAtRecords(filter)) return sql`(${anchors} OFFSET 0)`
  return sql`(SELECT e.* FROM (${anchors} OFFSET 0) a CROSS JOIN LATERAL (
      SELECT e.* FROM execution_with_texts e WHERE e.host_id = a.host_id AND e.occurred_at = a.occurred_at AND e.id = a.id
      UNION ALL
      SELECT e.* FROM execution_with_texts e WHERE e.host_id = a.host_id AND e.pid = a.pid AND e.anchor_id = a.id AND e.id <> a.id
        AND e.occurred_at BETWEEN a.occurred_at - ${PARTNER_REACH} AND a.occurred_at + ${PARTNER_REACH}) e OFFSET 0)`
}

/** Those of the day that begins at `slot.since`; null where records can match by themselves, which may lie on another day than their process. */
export function scoredRowsOfDay(scope: Scope, filter: NamedFilter): Sql | null {
  return looksAtRecords(filter)
    ? null
    : anchorsOf(sql`${scoredUses(scope, filter)} AND u.day = slot.since::date`)
}

/** Use by host and day; in a window of time, and what can belong to it. */
function scoredUses(scope: Scope, filter: NamedFilter): Sql {
  const { hostIds, window } = filter
  const from =
    window.fromUs === null
      ? empty
      : sql`AND u.day >= ${toTimestamp(window.fromUs - PARTNER_REACH_US).slice(0, 10)}::date`
  const until =
    window.untilUs === null
      ? empty
      : sql`AND u.day <= ${toTimestamp(window.untilUs + PARTNER_REACH_US).slice(0, 10)}::date`
  const hosts = hostIds === null ? empty : sql`AND u.host_id = ANY(${[...hostIds]}::int[])`
  return sql`SELECT DISTINCT u.host_id, u.day, u.signature_id, u.principal_id FROM deviation_hit u
    WHERE true ${inScope(scope, sql`u.host_id`)} ${hosts} ${from} ${until} ${scoreConditions(filter)}`
}

function anchorsOf(uses: Sql): Sql {
  return sql`SELECT e.* FROM (${uses}) d JOIN usage u ON ${isSameUse(sql`u`, sql`d`)} CROSS JOIN LATERAL (${executionsOfUse(empty)}) e WHERE true`
}

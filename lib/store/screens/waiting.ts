import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, sql } from '@/lib/store/sql'

type Waiting = { openDeviations: number; proposedDecisions: number }

/** What waits for somebody: the counts beside the pages' names. */
export async function countWaiting(scope: Scope): Promise<Waiting> {
  const row = await findRow<{ deviations: string; decisions: string }>(
    pool(),
    sql`SELECT
      (SELECT count(*) FROM deviation d WHERE d.state = 'open' AND EXISTS (
        SELECT FROM deviation_hit h WHERE h.deviation_id = d.id ${inScope(scope, sql`h.host_id`)})) AS deviations,
      (SELECT count(*) FROM decision WHERE state = 'proposed') AS decisions`,
  )
  return { openDeviations: Number(row?.deviations ?? 0), proposedDecisions: Number(row?.decisions ?? 0) }
}

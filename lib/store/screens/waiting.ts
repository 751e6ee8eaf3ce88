import type { Actor, Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, sql } from '@/lib/store/sql'

export type Waiting = OpenWork & { unreadNotifications: number }
type OpenWork = { openDeviations: number; proposedDecisions: number }

/** What waits for somebody: the counts beside the pages' names. What was explained and is seen again waits too, as in the queue; what scores below the threshold does not. */
export async function countWaiting(scope: Scope): Promise<OpenWork> {
  const row = await findRow<{ deviations: string; decisions: string }>(
    pool(),
    sql`SELECT
      (SELECT count(*) FROM deviation d WHERE d.state IN ('open', 'expected', 'authorised-test') AND EXISTS (
        SELECT FROM deviation_hit h LEFT JOIN host_work w ON w.host_id = h.host_id
        WHERE h.deviation_id = d.id AND (d.state = 'open' OR w.dirty_from IS NULL OR w.dirty_from > h.day)
          AND (d.assignee_id IS NOT NULL OR h.score_millibits >= ${THRESHOLD_SQL}) ${inScope(scope, sql`h.host_id`)})) AS deviations,
      (SELECT count(*) FROM decision WHERE state = 'proposed') AS decisions`,
  )
  return { openDeviations: Number(row?.deviations ?? 0), proposedDecisions: Number(row?.decisions ?? 0) }
}

/** What waits for whoever asks. */
export async function readWaiting(actor: Actor): Promise<Waiting> {
  const [open, unread] = await Promise.all([
    countWaiting(actor.scope),
    actor.kind === 'account' ? countUnread(actor.accountId) : 0,
  ])
  return { ...open, unreadNotifications: unread }
}

async function countUnread(accountId: string): Promise<number> {
  const row = await findRow<{ unread: string }>(
    pool(),
    sql`SELECT count(*) AS unread FROM notification WHERE account_id = ${accountId}::uuid AND in_app AND read_at IS NULL`,
  )
  return Number(row?.unread ?? 0)
}

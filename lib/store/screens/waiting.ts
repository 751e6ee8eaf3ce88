import type { Actor, Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { awaits, type Judge, judgeOf } from '@/lib/store/screens/decision/awaiting'
import { countingQuiet } from '@/lib/store/screens/deviations/waiting-items'
import { findRow, sql } from '@/lib/store/sql'

export type Waiting = OpenWork & { unreadNotifications: number; assignedDeviations: number }
type OpenWork = { openDeviations: number; awaitingDecisions: number }

/**
 * What waits: the counts beside the pages' names. Deviations for anybody, as the queue shows them: what was explained and is seen again too, what scores below
 * the threshold not, what somebody took up whatever it scores. Decisions for whoever asks.
 */
export async function countWaiting(scope: Scope, judge: Judge | null): Promise<OpenWork> {
  const sight = inScope(scope, sql`h.host_id`)
  // counts each of which can be a join: one condition for all would be asked item by item
  const row = await findRow<{ deviations: string; decisions: string }>(
    pool(),
    sql`SELECT
      (SELECT count(*) FROM deviation d WHERE d.state = 'open' AND d.assignee_id IS NULL AND d.id IN (
        SELECT h.deviation_id FROM deviation_hit h WHERE h.score_millibits >= ${THRESHOLD_SQL} ${sight}))
      + (SELECT count(*) FROM deviation d WHERE d.state = 'open' AND d.assignee_id IS NOT NULL AND EXISTS (
        SELECT FROM deviation_hit h WHERE h.deviation_id = d.id ${sight}))
      + (SELECT count(*) FROM deviation d WHERE d.state IN ('expected', 'authorised-test') AND EXISTS (
        SELECT FROM deviation_hit h
        WHERE h.deviation_id = d.id AND (d.assignee_id IS NOT NULL OR h.score_millibits >= ${THRESHOLD_SQL}) ${sight}
          AND NOT EXISTS (SELECT FROM host_work w WHERE w.host_id = h.host_id AND w.dirty_from <= h.day)))
      + (${countingQuiet(scope)}) AS deviations,
      (SELECT count(*) FROM decision d WHERE true ${awaits(scope, judge)}) AS decisions`,
  )
  return { openDeviations: Number(row?.deviations ?? 0), awaitingDecisions: Number(row?.decisions ?? 0) }
}

/** What waits for whoever asks. */
export async function readWaiting(actor: Actor): Promise<Waiting> {
  const [open, own] = await Promise.all([
    countWaiting(actor.scope, judgeOf(actor)),
    actor.kind === 'account' ? countOwn(actor.accountId) : NOTHING,
  ])
  return { ...open, ...own }
}

type Own = Pick<Waiting, 'unreadNotifications' | 'assignedDeviations'>
const NOTHING: Own = { unreadNotifications: 0, assignedDeviations: 0 }

async function countOwn(accountId: string): Promise<Own> {
  const row = await findRow<{ unread: string; assigned: string }>(
    pool(),
    sql`SELECT
      (SELECT count(*) FROM notification WHERE account_id = ${accountId}::uuid AND in_app AND read_at IS NULL) AS unread,
      (SELECT count(*) FROM deviation WHERE assignee_id = ${accountId}::uuid AND state IN ('open', 'flagged')) AS assigned`,
  )
  return { unreadNotifications: Number(row?.unread ?? 0), assignedDeviations: Number(row?.assigned ?? 0) }
}

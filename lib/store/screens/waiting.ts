import type { Actor, Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { type Pool, pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { awaits, type Judge, judgeOf } from '@/lib/store/screens/decision/awaiting'
import { countingQuiet } from '@/lib/store/screens/deviations/waiting-items'
import { MOMENT } from '@/lib/store/screens/remembered'
import { findRow, plannedRows, sql } from '@/lib/store/sql'

export type Waiting = OpenWork & { unreadNotifications: number; assignedDeviations: number }
type OpenWork = { openDeviations: number; awaitingDecisions: number }

/**
 * What waits: the counts beside the pages' names. Deviations for anybody, as the queue shows them: what was explained and is seen again too, what scores below
 * the threshold not, what somebody took up whatever it scores. Decisions for whoever asks. Every page asks: but for new items it is one planned statement.
 */
export async function countWaiting(scope: Scope, judge: Judge | null): Promise<OpenWork> {
  const sight = inScope(scope, sql`h.host_id`)
  // counts each of which can be a join: one condition for all would be asked item by item
  const [row] = await plannedRows<{ moment: string; taken: string; decisions: string }>(
    pool(),
    sql`SELECT (SELECT revision || ' ' || changes FROM (SELECT ${MOMENT}) m) AS moment,
      (SELECT count(*) FROM deviation d WHERE d.state = 'open' AND d.assignee_id IS NOT NULL AND EXISTS (
        SELECT FROM deviation_hit h WHERE h.deviation_id = d.id ${sight}))
      + (SELECT count(*) FROM deviation d WHERE d.state IN ('expected', 'authorised-test') AND EXISTS (
        SELECT FROM deviation_hit h
        WHERE h.deviation_id = d.id AND (d.assignee_id IS NOT NULL OR h.score_millibits >= ${THRESHOLD_SQL}) ${sight}
          AND NOT EXISTS (SELECT FROM host_work w WHERE w.host_id = h.host_id AND w.dirty_from <= h.day)))
      + (${countingQuiet(scope)}) AS taken,
      (SELECT count(*) FROM decision d WHERE true ${awaits(scope, judge)}) AS decisions`,
  )
  const { moment = '', taken = 0, decisions = 0 } = row ?? {}
  const fresh = scope.kind === 'all' ? await countFreshAt(moment) : await countFresh(scope)
  return { openDeviations: fresh + Number(taken), awaitingDecisions: Number(decisions) }
}

/** Open items above the threshold that nobody took up: nearly all there are. */
async function countFresh(scope: Scope): Promise<number> {
  const row = await findRow<{ count: string }>(
    pool(),
    sql`SELECT count(*) FROM deviation d WHERE d.state = 'open' AND d.assignee_id IS NULL AND d.id IN (
        SELECT h.deviation_id FROM deviation_hit h WHERE h.score_millibits >= ${THRESHOLD_SQL} ${inScope(scope, sql`h.host_id`)})`,
  )
  return Number(row?.count ?? 0)
}

/** Of a database as of a moment, which was read before they were counted. */
const counted = new WeakMap<Pool, { moment: string; fresh: number }>()

/** The same of all hosts: counted once as long as nothing is computed and nobody changes anything, as the queue itself is. */
async function countFreshAt(moment: string): Promise<number> {
  const db = pool()
  const known = counted.get(db)
  if (known?.moment === moment) return known.fresh
  const fresh = await countFresh({ kind: 'all' })
  counted.set(db, { moment, fresh })
  return fresh
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
  const [row] = await plannedRows<{ unread: string; assigned: string }>(
    pool(),
    sql`SELECT
      (SELECT count(*) FROM notification WHERE account_id = ${accountId}::uuid AND in_app AND read_at IS NULL) AS unread,
      (SELECT count(*) FROM deviation WHERE assignee_id = ${accountId}::uuid AND state IN ('open', 'flagged')) AS assigned`,
  )
  return { unreadNotifications: Number(row?.unread ?? 0), assignedDeviations: Number(row?.assigned ?? 0) }
}

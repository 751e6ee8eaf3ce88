import type { Actor, Scope } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { WAITING_STATES } from '@/lib/pipeline/decision/states'
import { mayNow } from '@/lib/store/accounts'
import { type Sql, sql } from '@/lib/store/sql'
import { visibleTo, visibleToAccount } from './sight'

/** Who asks what awaits them; for whom else they decide is looked up. */
export type Judge = { accountId: string; mayDecide: boolean }

/** Who asks; null = a key: nothing awaits it, and no draft is its own. */
export function judgeOf(actor: Actor): Judge | null {
  return actor.kind === 'account'
    ? { accountId: actor.accountId, mayDecide: actorMay(actor, 'decide') }
    : null
}

const WAITS = sql`d.state = ANY(${[...WAITING_STATES]}::text[])`

/** `AND …` over decision `d`: what awaits a manager or those for whom they stand in; of anybody else what of their own waits for an answer. */
export function awaits(scope: Scope, judge: Judge | null): Sql {
  if (judge === null) return sql`AND false`
  return judge.mayDecide
    ? sql`AND (${awaitsMe(scope, judge)} OR EXISTS (${principals(judge)}))`
    : sql`AND ${WAITS} AND d.proposed_by_id = ${judge.accountId}::uuid`
}

/** Whether a decision waits and the reader may decide on it: others' proposals on hosts in sight, unless they approved already. */
export function awaitsMe(scope: Scope, judge: Judge | null): Sql {
  if (judge === null || !judge.mayDecide) return sql`false`
  return sql`(${WAITS} AND ${visibleTo(scope)} AND ${undecidedBy(sql`${judge.accountId}::uuid`)})`
}

/** Names of those for whom the reader stands in and whom it awaits, whether or not the reader may decide on it. */
export function awaitsOthers(judge: Judge | null): Sql {
  if (judge === null || !judge.mayDecide) return sql`'{}'::text[]`
  return sql`ARRAY(${principals(judge)} ORDER BY f.name)`
}

/** Those who let the reader stand in today, may decide themselves, and see what decision `d` speaks of. */
function principals({ accountId }: Judge): Sql {
  return sql`SELECT f.name FROM delegation g JOIN account f ON f.id = g.from_id
    WHERE g.to_id = ${accountId}::uuid AND g.ended_at IS NULL AND g.until >= (now() AT TIME ZONE 'UTC')::date AND ${WAITS}
      AND ${mayNow(sql`f`, 'decide')} AND ${undecidedBy(sql`f.id`)} AND ${visibleToAccount(sql`f`)}`
}

function undecidedBy(account: Sql): Sql {
  return sql`d.proposed_by_id <> ${account}
    AND NOT EXISTS (SELECT FROM decision_approval y WHERE y.decision_id = d.id AND y.account_id = ${account})`
}

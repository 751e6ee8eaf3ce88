import type { Scope } from '@/lib/pipeline/actor'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { signaturesOfItem, titleInWords } from '@/lib/store/deviations'
import { inScope } from '@/lib/store/scope'
import { type Sql, sql } from '@/lib/store/sql'
import { hitsByItem } from './hits-by-item'

/** States of an item that waits for somebody. */
const WAITING: readonly TriageState[] = ['open', 'flagged']

/**
 * As a query of `id` and `entry_id`: the items on hosts in scope that the queue shows as open or flagged, which is what links from other lists ask it for. Open
 * ones score as high as the threshold or are somebody's; what was explained and is seen again is open. Those that somebody took up wait too when nothing of
 * them deviates any more.
 */
export function waitingItems(scope: Scope): Sql {
  return sql`SELECT d.id, d.entry_id FROM (${deviatingItems(scope)}) d UNION ALL SELECT DISTINCT q.id, q.entry_id FROM (${quietUse(scope, WAITING)}) q`
}

/** The same as a query of `id` and `host_id`: the hosts in scope that show them. */
export function waitingOnHosts(scope: Scope): Sql {
  return sql`SELECT DISTINCT t.deviation_id AS id, t.host_id FROM (${deviatingItems(scope)}) d JOIN deviation_hit t ON t.deviation_id = d.id
      WHERE true ${inScope(scope, sql`t.host_id`)}
    UNION ALL SELECT DISTINCT q.id, q.host_id FROM (${quietUse(scope, WAITING)}) q`
}

function deviatingItems(scope: Scope): Sql {
  return sql`SELECT d.id, d.entry_id FROM deviation d JOIN (${hitsByItem(scope)}) hit ON hit.deviation_id = d.id
    WHERE d.state = 'flagged' OR ((d.state = 'open' OR (d.state IN ('expected', 'authorised-test') AND hit.settled))
      AND (d.assignee_id IS NOT NULL OR hit.score >= ${THRESHOLD_SQL}))`
}

/** As a query: what hosts in scope used, host and day by day, of items in these states that somebody took up and of which nothing deviates there any more. */
export function quietUse(scope: Scope, states: readonly TriageState[]): Sql {
  return sql`SELECT d.id, d.entry_id, ${titleInWords(sql`d`)} AS title, d.state, u.host_id, u.executions, u.last_at
    FROM (SELECT * FROM deviation d WHERE ${isQuiet(scope, states)}) d
    CROSS JOIN LATERAL (${signaturesOfItem(sql`d`)}) s JOIN usage u ON u.signature_id = s.id WHERE true ${inScope(scope, sql`u.host_id`)}`
}

function isQuiet(scope: Scope, states: readonly TriageState[]): Sql {
  return sql`(d.touched AND d.state = ANY(${[...states]}::text[])
    AND NOT EXISTS (SELECT FROM deviation_hit h WHERE h.deviation_id = d.id ${inScope(scope, sql`h.host_id`)}))`
}

/** As a query of one row: how many open items somebody took up of which nothing deviates any more, and hosts in scope used. */
export function countingQuiet(scope: Scope): Sql {
  return sql`SELECT count(*) FROM deviation d WHERE ${isQuiet(scope, ['open'])} AND EXISTS (
    SELECT FROM (${signaturesOfItem(sql`d`)}) s JOIN usage u ON u.signature_id = s.id WHERE true ${inScope(scope, sql`u.host_id`)})`
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inGroups } from '@/lib/store/scope'
import { COUNTED, LEADING_DECISION } from '@/lib/store/screens/binaries'
import { findRow, sql } from '@/lib/store/sql'

/** How far the catalogue's counted binaries are decided: by the decision that leads among those that were not turned down. */
export type DecisionCounts = {
  counted: number
  namedInMission: number
  /** Counted binaries that ran on a host in scope, ever. */
  seen: number
  undecided: number
  /** … of those that ran: what to decide first. */
  undecidedSeen: number
  /** In audit, proposed, or in force without an approval yet. */
  proposed: number
  /** Approved, whether enforced or not. */
  approved: number
  enforced: number
  safeToBlock: number
  restricted: number
  required: number
  /** Approved, and to be blocked in some way. */
  blocks: number
  /** Those of them that are enforced on all of their rings, and looked at since. */
  blocksEnforced: number
}

export async function countDecisions(scope: Scope): Promise<DecisionCounts> {
  const found = await findRow<{ [name in keyof DecisionCounts]: string }>(
    pool(),
    sql`WITH entry AS (
          SELECT c.named_in_mission AS named, coalesce(d.state, 'undecided') AS state, d.verdict,
            d.state = 'enforced' AND NOT EXISTS (SELECT FROM decision_ring r
              WHERE r.decision_id = d.id AND (r.state <> 'enforced' OR r.watch IS NULL)) AS everywhere,
            EXISTS (SELECT FROM use_day u WHERE u.entry_id = c.id ${inGroups(scope, sql`u.group_id`)}) AS seen
          FROM catalogue_entry c LEFT JOIN LATERAL ${LEADING_DECISION} d ON true
          WHERE ${COUNTED})
        SELECT count(*) AS counted, count(*) FILTER (WHERE named) AS "namedInMission", count(*) FILTER (WHERE seen) AS seen,
          count(*) FILTER (WHERE state = 'undecided') AS undecided,
          count(*) FILTER (WHERE state = 'undecided' AND seen) AS "undecidedSeen",
          count(*) FILTER (WHERE state IN ('audit', 'proposed', 'emergency')) AS proposed,
          count(*) FILTER (WHERE state IN ('approved', 'enforced')) AS approved, count(*) FILTER (WHERE state = 'enforced') AS enforced,
          count(*) FILTER (WHERE state IN ('approved', 'enforced') AND verdict IN ('safe-to-block', 'disable')) AS "safeToBlock",
          count(*) FILTER (WHERE state IN ('approved', 'enforced') AND verdict = 'restrict') AS restricted,
          count(*) FILTER (WHERE state = 'approved' AND verdict = 'required') AS required,
          count(*) FILTER (WHERE state IN ('approved', 'enforced') AND verdict <> 'required') AS blocks,
          count(*) FILTER (WHERE everywhere) AS "blocksEnforced"
        FROM entry`,
  )
  return {
    counted: Number(found?.counted ?? 0),
    namedInMission: Number(found?.namedInMission ?? 0),
    seen: Number(found?.seen ?? 0),
    undecided: Number(found?.undecided ?? 0),
    undecidedSeen: Number(found?.undecidedSeen ?? 0),
    proposed: Number(found?.proposed ?? 0),
    approved: Number(found?.approved ?? 0),
    enforced: Number(found?.enforced ?? 0),
    safeToBlock: Number(found?.safeToBlock ?? 0),
    restricted: Number(found?.restricted ?? 0),
    required: Number(found?.required ?? 0),
    blocks: Number(found?.blocks ?? 0),
    blocksEnforced: Number(found?.blocksEnforced ?? 0),
  }
}

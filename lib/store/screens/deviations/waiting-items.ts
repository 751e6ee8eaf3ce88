import type { Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { type Sql, sql } from '@/lib/store/sql'
import { hitsByItem } from './hits-by-item'

/**
 * As a query of `id` and `entry_id`: the items on hosts in scope that the queue shows as open or flagged, which is what links from other lists ask it for. Open
 * ones score as high as the threshold or are somebody's; what was explained and is seen again is open.
 */
export function waitingItems(scope: Scope): Sql {
  return sql`SELECT d.id, d.entry_id FROM deviation d JOIN (${hitsByItem(scope)}) hit ON hit.deviation_id = d.id
    WHERE d.state = 'flagged' OR ((d.state = 'open' OR (d.state IN ('expected', 'authorised-test') AND hit.settled))
      AND (d.assignee_id IS NOT NULL OR hit.score >= ${THRESHOLD_SQL}))`
}

import type { Scope } from '@/lib/pipeline/actor'
import { inScope } from '@/lib/store/scope'
import { type Sql, sql } from '@/lib/store/sql'

/** Whether a hit `h` stays as it is: its host, a row `w` of host_work joined to the left, is not about to be computed anew from that day on. */
export function isSettled(h: Sql): Sql {
  return sql`(w.dirty_from IS NULL OR w.dirty_from > ${h}.day)`
}

/** As a query, what deviates of each item on hosts in scope, in a row: its highest score, its first day, and whether any of it is settled. */
export function hitsByItem(scope: Scope): Sql {
  return sql`SELECT h.deviation_id, max(h.score_millibits) AS score, min(h.day) AS first_day, bool_or(${isSettled(sql`h`)}) AS settled
    FROM deviation_hit h LEFT JOIN host_work w ON w.host_id = h.host_id WHERE true ${inScope(scope, sql`h.host_id`)} GROUP BY h.deviation_id`
}

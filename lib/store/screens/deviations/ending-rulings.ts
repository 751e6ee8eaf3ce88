import type { Scope } from '@/lib/pipeline/actor'
import type { TriageScope } from '@/lib/pipeline/deviation/triage-plan'
import { seesAllOfRuling, titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** An item that soon is explained no longer. `until`: the last day, 'YYYY-MM-DD'. */
export type EndingRuling = { deviationId: string; slug: string; title: string; until: string }

/** Days of warning. Origin: long enough that somebody who is away for a week still sees it. */
const WARNING_DAYS = 14

/**
 * Items whose explanation ends within two weeks of the newest data, or of today, the first to end first. What is used after that deviates
 * again: each day is judged by the rulings that hold that day, so nothing need be done for it.
 */
export async function listEndingRulings(scope: Scope, today: string): Promise<EndingRuling[]> {
  const found = await rows<EndingRuling & { scope: TriageScope }>(
    pool(),
    sql`WITH reference AS (SELECT least(coalesce(max(day), ${today}::date), ${today}::date) AS day FROM coverage)
        SELECT DISTINCT ON (r.deviation_id) r.deviation_id AS "deviationId", c.slug, ${titleInWords(sql`d`)} AS title, r.valid_to AS until, r.scope
        FROM ruling r JOIN deviation d ON d.id = r.deviation_id JOIN catalogue_entry c ON c.id = d.entry_id, reference
        WHERE r.revoked_at IS NULL AND r.effect <> 'malicious' AND r.valid_to BETWEEN reference.day AND reference.day + ${WARNING_DAYS}::int
          AND NOT EXISTS (SELECT FROM ruling o WHERE o.deviation_id = r.deviation_id AND o.revoked_at IS NULL AND o.parent IS NOT DISTINCT FROM r.parent
            AND o.identity IS NOT DISTINCT FROM r.identity AND o.scope = r.scope AND (o.valid_to IS NULL OR o.valid_to > r.valid_to))
        ORDER BY r.deviation_id, r.valid_to`,
  )
  const visible = await Promise.all(found.map((ruling) => seesAllOfRuling(pool(), scope, ruling.scope)))
  return found
    .filter((_, index) => visible[index])
    .map(({ scope: _scope, ...rest }) => rest)
    .sort((a, b) => (a.until < b.until ? -1 : Number(a.until > b.until)))
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'

/** Hosts that a page names; all are counted. */
const MAX_REACHED = 12

/** A binary of a host that connected to, or asked for, what was searched for. Days as 'YYYY-MM-DD'. */
type Reached = {
  slug: string
  binary: string
  hostId: number
  host: string
  from: string
  to: string
  executions: number
}

/**
 * What reached an address or a name, the newest first, over everything stored: command lines do not say where a process connected. `total`
 * counts those that are not listed as well. Reads what is counted by day, not events.
 */
export async function listReached(
  scope: Scope,
  words: readonly string[],
): Promise<{ reached: Reached[]; total: number }> {
  const names = words.map((word) => word.toLowerCase())
  if (names.length === 0) return { reached: [], total: 0 }
  const found = await rows<Omit<Reached, 'executions'> & { executions: string; total: string }>(
    pool(),
    sql`WITH meant AS (
          SELECT id FROM destination WHERE ip = ANY(${names}::text[])
          UNION SELECT id FROM destination WHERE lower(name) = ANY(${names}::text[]))
        SELECT c.slug, c.name AS binary, h.id AS "hostId", h.name AS host, min(n.day)::text AS "from", max(n.day)::text AS "to",
          sum(n.executions) AS executions, count(*) OVER () AS total
        FROM meant m JOIN network_use n ON n.destination_id = m.id JOIN catalogue_entry c ON c.id = n.entry_id JOIN host h ON h.id = n.host_id
        WHERE true ${inScope(scope, sql`n.host_id`)}
        GROUP BY c.id, h.id ORDER BY max(n.last_at) DESC, h.id, c.id LIMIT ${MAX_REACHED}`,
  )
  return {
    total: Number(found[0]?.total ?? 0),
    reached: found.map(({ total: _total, executions, ...row }) => ({
      ...row,
      executions: Number(executions),
    })),
  }
}

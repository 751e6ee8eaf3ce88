import type { Scope } from '@/lib/pipeline/actor'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { plannedRows, sql } from '@/lib/store/sql'

/** What two items have in common: a host within ten minutes, who ran them, what started them. */
export type Relation = 'host' | 'user' | 'parent'

export type RelatedItem = {
  id: string
  binary: string
  title: string
  state: TriageState
  /** The highest of its hits. */
  scoreMillibits: number
  relations: Relation[]
}

/** Minutes between two uses that may be one story. Origin: an attack's next step follows in minutes; longer gaps meet everything. */
const MINUTES = 10
/** Uses of the item that are compared, the newest first. */
const COMPARED = 500
const SHOWN = 12

/** A parent or user that more items than this have, the item itself included, says nothing. Origin: cmd.exe starts half of a queue. */
const MOST_SHARING = 9

/** Who everything runs as says nothing. */
const EVERYBODY = ['S-1-5-18', 'S-1-5-19', 'S-1-5-20']

/** Other items that may belong to the same story, those that share most first, then by score. Reads hits alone: what deviates, not history. */
export async function listRelatedItems(scope: Scope, id: string): Promise<RelatedItem[]> {
  return await plannedRows<RelatedItem>(
    pool(),
    sql`WITH own AS (
          SELECT h.host_id, h.day, h.first_at, h.last_at, h.principal_id, s.content->'features'->>'parent' AS parent
          FROM deviation_hit h JOIN signature s ON s.id = h.signature_id
          WHERE h.deviation_id = ${id}::bigint ${inScope(scope, sql`h.host_id`)} ORDER BY h.last_at DESC LIMIT ${COMPARED}),
        person AS (
          SELECT DISTINCT o.principal_id FROM own o JOIN principal p ON p.id = o.principal_id
          WHERE p.sid IS NULL OR p.sid <> ALL(${EVERYBODY}::text[])),
        shared AS (
          SELECT h.deviation_id, 'user' AS kind, h.principal_id::text AS value FROM person JOIN deviation_hit h USING (principal_id)
          WHERE true ${inScope(scope, sql`h.host_id`)}
          UNION
          SELECT h.deviation_id, 'parent', s.content->'features'->>'parent' FROM deviation_hit h JOIN signature s ON s.id = h.signature_id
          WHERE s.content->'features'->>'parent' IN (SELECT parent FROM own WHERE parent <> '') ${inScope(scope, sql`h.host_id`)}),
        telling AS (SELECT kind, value FROM shared GROUP BY kind, value HAVING count(*) <= ${MOST_SHARING}),
        relation AS (
          SELECT h.deviation_id, 'host' AS kind FROM own o
          JOIN deviation_hit h ON h.host_id = o.host_id AND h.day BETWEEN o.day - 1 AND o.day + 1
          CROSS JOIN LATERAL (VALUES (o.first_at), (o.last_at)) mine (at) CROSS JOIN LATERAL (VALUES (h.first_at), (h.last_at)) other (at)
          WHERE other.at BETWEEN mine.at - make_interval(mins => ${MINUTES}) AND mine.at + make_interval(mins => ${MINUTES})
          UNION
          SELECT deviation_id, kind FROM shared JOIN telling USING (kind, value))
        SELECT d.id, c.name AS binary, ${titleInWords(sql`d`)} AS title, d.state, top.score AS "scoreMillibits", r.relations
        FROM (SELECT deviation_id, array_agg(DISTINCT kind ORDER BY kind) AS relations FROM relation
              WHERE deviation_id <> ${id}::bigint GROUP BY deviation_id) r
        JOIN deviation d ON d.id = r.deviation_id JOIN catalogue_entry c ON c.id = d.entry_id
        CROSS JOIN LATERAL (SELECT max(h.score_millibits) AS score FROM deviation_hit h
          WHERE h.deviation_id = d.id ${inScope(scope, sql`h.host_id`)}) top
        ORDER BY 'host' = ANY(r.relations) DESC, cardinality(r.relations) DESC, top.score DESC, d.id LIMIT ${SHOWN}`,
  )
}

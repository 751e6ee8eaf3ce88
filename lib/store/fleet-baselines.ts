import type { Scope } from '@/lib/pipeline/actor'
import type { BaselineUse, FleetBaseline } from '@/lib/pipeline/export/detection/detection-rules'
import { isCounted, loadCatalogue } from './catalogue'
import { inScope } from './scope'
import { type Db, empty, rows, sql } from './sql'
import { isUseOf } from './use-of-execution'

/** Executions that are looked up for each signature, as examples of its command lines. */
const EXAMPLES = 3

type Row = { slug: string; parent: string | null; pattern: string | null; lines: string[] }

/**
 * What hosts in scope normally do with each binary that is watched, between two days (both included): what was trusted of their use, with a few
 * command lines of each kind, found by the keys that usage names. `slugs`: null = of all.
 */
export async function loadFleetBaselines(
  db: Db,
  scope: Scope,
  window: { from: string; to: string },
  slugs: readonly string[] | null,
): Promise<FleetBaseline[]> {
  const [catalogue, found] = await Promise.all([
    loadCatalogue(db),
    rows<Row>(
      db,
      sql`WITH used AS (
            SELECT u.entry_id, u.signature_id, u.host_id, u.day, u.first_at, u.last_at, u.anchors,
              row_number() OVER (PARTITION BY u.signature_id ORDER BY u.day DESC, u.host_id) AS place
            FROM usage u WHERE u.trusted AND u.day BETWEEN ${window.from}::date AND ${window.to}::date
              ${slugs === null ? empty : sql`AND u.entry_id IN (SELECT id FROM catalogue_entry WHERE slug = ANY(${[...slugs]}::text[]))`}
              ${inScope(scope, sql`u.host_id`)})
          SELECT c.slug, s.content->'features'->>'parent' AS parent, s.content->>'pattern' AS pattern,
            coalesce(array_agg(DISTINCT e.command_line) FILTER (WHERE e.command_line IS NOT NULL), '{}') AS lines
          FROM used u JOIN signature s ON s.id = u.signature_id JOIN catalogue_entry c ON c.id = u.entry_id
          LEFT JOIN execution_with_texts e ON e.occurred_at = u.first_at AND ${isUseOf(sql`u`, sql`e`)}
          WHERE u.place <= ${EXAMPLES} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    ),
  ])
  const uses = new Map<string, BaselineUse[]>()
  for (const { slug, parent, pattern, lines } of found)
    uses.set(slug, [...(uses.get(slug) ?? []), { parent, pattern, commandLines: lines.sort() }])
  return catalogue
    .filter((entry) =>
      slugs === null ? isCounted(entry) && entry.kind === 'binary' : slugs.includes(entry.slug),
    )
    .map((entry) => ({ entry, uses: uses.get(entry.slug) ?? [] }))
}

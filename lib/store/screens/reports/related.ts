import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { COUNTED, LATEST_DECISION } from '@/lib/store/screens/binaries'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from '../data-window'

/** How a binary that another countermeasure names stands here. */
export type NamedBinary = {
  slug: string
  name: string
  /** Its executions are stored and scored. */
  counted: boolean
  executions: number
  hosts: number
  openDeviations: number
  /** State of the latest decision that was not turned down; null = undecided. */
  decision: string | null
  verdict: string | null
}

/** The binaries of the slugs, in their order of name; those that the catalogue lacks are left out. */
export async function listNamedBinaries(
  scope: Scope,
  slugs: readonly string[],
  window: DataWindow,
): Promise<NamedBinary[]> {
  return await rows<NamedBinary>(
    pool(),
    sql`SELECT c.slug, c.name, (${COUNTED}) AS counted, coalesce(use.executions, 0)::float8 AS executions, coalesce(use.hosts, 0)::int AS hosts,
          (SELECT count(*)::int FROM deviation d WHERE d.entry_id = c.id AND d.state IN ('open', 'flagged')
            AND EXISTS (SELECT FROM deviation_hit t WHERE t.deviation_id = d.id ${inScope(scope, sql`t.host_id`)})) AS "openDeviations",
          last.state AS decision, last.verdict
        FROM catalogue_entry c
        LEFT JOIN LATERAL (SELECT sum(u.executions) AS executions, count(DISTINCT u.host_id) AS hosts FROM usage u
          WHERE u.entry_id = c.id ${inWindow(window, sql`u.day`)} ${inScope(scope, sql`u.host_id`)}) use ON true
        LEFT JOIN LATERAL ${LATEST_DECISION} last ON true
        WHERE c.slug = ANY(${[...slugs]}) ORDER BY c.name`,
  )
}

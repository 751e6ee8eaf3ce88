import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { COUNTED, LEADING_DECISION } from '@/lib/store/screens/binaries'
import { loadBinariesUse } from '@/lib/store/screens/binaries-use'
import { waitingItems } from '@/lib/store/screens/deviations/waiting-items'
import { rows, sql } from '@/lib/store/sql'
import type { DataWindow } from '../data-window'

/** How a binary that another countermeasure names stands here. */
export type NamedBinary = {
  slug: string
  name: string
  /** Its executions are stored and scored. */
  counted: boolean
  executions: number
  hosts: number
  /** As the queue shows them, open or flagged. */
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
  type Row = Omit<NamedBinary, 'executions' | 'hosts'> & { id: number }
  const [found, { value: use }] = await Promise.all([
    rows<Row>(
      pool(),
      sql`WITH waiting AS MATERIALIZED (${waitingItems(scope)}) SELECT c.id, c.slug, c.name, (${COUNTED}) AS counted,
          (SELECT count(*)::int FROM waiting w WHERE w.entry_id = c.id) AS "openDeviations",
          last.state AS decision, last.verdict
        FROM catalogue_entry c
        LEFT JOIN LATERAL ${LEADING_DECISION} last ON true
        WHERE c.slug = ANY(${[...slugs]}) ORDER BY c.name`,
    ),
    loadBinariesUse(scope, window),
  ])
  const byEntry = new Map(use.map((one) => [one.entry_id, one]))
  return found.map(({ id, ...binary }) => {
    const { executions = null, hosts = null } = byEntry.get(id) ?? {}
    return { ...binary, executions: Number(executions ?? 0), hosts: Number(hosts ?? 0) }
  })
}

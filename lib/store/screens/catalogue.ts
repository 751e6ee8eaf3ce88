import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { pool } from '@/lib/store/pool'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { COUNTED } from './binaries'
import { containing } from './like'
import { limitOffset, matching, orderBy, type TableRequest } from './table-request'

export const CATALOGUE_SORTS = ['name', 'tier', 'origin', 'updated'] as const
type CatalogueSort = (typeof CATALOGUE_SORTS)[number]
export const CATALOGUE_FILTERS = ['tier', 'kind', 'status', 'origin'] as const

/** on: its executions are counted. off: optional and turned off, or context. */
export type EntryStatus = 'on' | 'off' | 'retired'

export type CatalogueRow = CatalogueEntry & {
  enabled: boolean
  origin: string
  status: EntryStatus
  /** Milliseconds since 1970. */
  updatedAtMs: number
}

const ORDER: Record<CatalogueSort, Sql> = {
  name: sql`c.slug`,
  tier: sql`c.tier`,
  origin: sql`c.origin`,
  updated: sql`c.updated_at`,
}
const STATUS = sql`CASE WHEN c.retired_at IS NOT NULL THEN 'retired' WHEN ${COUNTED} THEN 'on' ELSE 'off' END`

/** The catalogue as administrators change it. */
export async function listCatalogue(
  request: TableRequest<CatalogueSort>,
): Promise<{ rows: CatalogueRow[]; total: number }> {
  const { q } = request
  const found = await rows<CatalogueRow & { updated_at: number; total: string }>(
    pool(),
    sql`SELECT c.slug, c.name, c.kind, c.tier, c.platform, c.original_file_names AS "originalFileNames", c.paths, c.description,
          c.legitimate_use AS "legitimateUse", c.functions, c.attack, c.countermeasures, c.named_in_mission AS "namedInMission",
          c.enabled, c.origin, ${STATUS} AS status, c.updated_at, count(*) OVER () AS total
        FROM catalogue_entry c WHERE true ${matching(request, 'tier', sql`c.tier`)} ${matching(request, 'kind', sql`c.kind`)}
          ${matching(request, 'origin', sql`c.origin`)} ${matching(request, 'status', STATUS)}
          ${q === '' ? empty : sql`AND (c.name ILIKE ${containing(q)} OR c.description ILIKE ${containing(q)})`}
        ${orderBy(request, ORDER, sql`c.slug`)} ${limitOffset(request)}`,
  )
  return {
    total: Number(found[0]?.total ?? 0),
    rows: found.map(({ updated_at, total: _total, ...row }) => ({
      ...row,
      updatedAtMs: Math.floor(updated_at / 1000),
    })),
  }
}

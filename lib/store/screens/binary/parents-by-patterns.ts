import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import type { Rollups } from './rollups'

export type HeatAxis = { id: string; value: string | null }
export type HeatCount = {
  parent: string
  pattern: string
  executions: number
  hosts: number
  /** Its executions have one of these signatures. */
  signatures: string[]
  /** At least half of its executions scored as deviations. */
  deviates: boolean
}

/** Which parent uses which command pattern; the most used of both, and the rest as one. */
export type ParentsByPatterns = { parents: HeatAxis[]; patterns: HeatAxis[]; counts: HeatCount[] }

const MAX_PARENTS = 25
const MAX_PATTERNS = 12
/** Stands for every value past the most used. */
export const REST = 'rest'
/** Stands for values that a source does not report. */
export const NOT_REPORTED = 'none'

type Row = {
  parent: string
  pattern: string
  parent_value: string | null
  pattern_value: string | null
  executions: string
  hosts: string
  signatures: string[]
  deviates: boolean
}

export async function loadParentsByPatterns({ days, spans }: Rollups): Promise<ParentsByPatterns> {
  const found = await rows<Row>(
    pool(),
    sql`WITH used AS MATERIALIZED (
          SELECT u.signature_id, coalesce(s.feature_ids[3]::text, ${NOT_REPORTED}) AS parent, coalesce(s.pattern_id::text, ${NOT_REPORTED}) AS pattern,
                 u.executions, u.deviating
          FROM (SELECT signature_id, sum(executions) AS executions, sum(deviating) AS deviating FROM (${days}) u GROUP BY signature_id) u
          JOIN signature s ON s.id = u.signature_id),
        parents AS (SELECT parent FROM used GROUP BY parent ORDER BY sum(executions) DESC, parent LIMIT ${MAX_PARENTS}),
        patterns AS (SELECT pattern FROM used GROUP BY pattern ORDER BY sum(executions) DESC, pattern LIMIT ${MAX_PATTERNS}),
        placed AS (
          SELECT CASE WHEN u.parent IN (SELECT parent FROM parents) THEN u.parent ELSE ${REST} END AS parent,
                 CASE WHEN u.pattern IN (SELECT pattern FROM patterns) THEN u.pattern ELSE ${REST} END AS pattern,
                 u.executions, u.deviating, u.signature_id FROM used u),
        cell AS (
          SELECT parent, pattern, sum(executions) AS executions, array_agg(signature_id::text) AS signatures,
                 2 * sum(deviating) >= sum(executions) AS deviates FROM placed GROUP BY parent, pattern),
        used_by AS (
          SELECT parent, pattern, count(*) AS hosts FROM (
            SELECT DISTINCT p.parent, p.pattern, u.host_id FROM (${spans}) u JOIN placed p ON p.signature_id = u.signature_id) one GROUP BY 1, 2)
        SELECT c.*, n.hosts, v.value AS parent_value, p.pattern AS pattern_value FROM cell c LEFT JOIN used_by n ON n.parent = c.parent AND n.pattern = c.pattern
        LEFT JOIN feature_value v ON v.id = CASE WHEN c.parent ~ '^-?[0-9]+$' THEN c.parent::bigint END
        LEFT JOIN pattern p ON p.id = CASE WHEN c.pattern ~ '^-?[0-9]+$' THEN c.pattern::bigint END
        ORDER BY c.executions DESC`,
  )
  return {
    parents: axis(
      found.map((row) => ({ id: row.parent, value: row.parent_value, count: Number(row.executions) })),
    ),
    patterns: axis(
      found.map((row) => ({ id: row.pattern, value: row.pattern_value, count: Number(row.executions) })),
    ),
    counts: found.map((row) => ({
      parent: row.parent,
      pattern: row.pattern,
      executions: Number(row.executions),
      hosts: Number(row.hosts),
      signatures: row.signatures,
      deviates: row.deviates,
    })),
  }
}

/** Distinct values, the most used first, the rest last. */
function axis(cells: readonly { id: string; value: string | null; count: number }[]): HeatAxis[] {
  const totals = new Map<string, { value: string | null; count: number }>()
  for (const { id, value, count } of cells)
    totals.set(id, { value, count: (totals.get(id)?.count ?? 0) + count })
  return Array.from(totals, ([id, { value, count }]) => ({ id, value, count: id === REST ? -1 : count }))
    .sort((a, b) => b.count - a.count)
    .map(({ id, value }) => ({ id, value }))
}

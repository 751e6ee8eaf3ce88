import type { Scope } from '@/lib/pipeline/actor'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { pool } from '@/lib/store/pool'
import { rows, type Sql, sql } from '@/lib/store/sql'
import { NOT_REPORTED } from '../executions/filter'
import type { Rollups } from './rollups'
import { type BinaryView, usageIn } from './view'

/** `value` null where none was reported, and of the rest. */
export type MapAxis = { id: string; value: string | null }
export type MapCell = {
  row: string
  column: string
  executions: number
  /** Its executions have one of these signatures: said where its row or its column is of what is left, as long as they are few. */
  signatures: string[]
  /** At least half of its executions scored as deviations. */
  deviates: boolean
}

/** What a map of use has at its sides: parents × patterns, or hosts × either within the other. */
export type UseMap = { rows: MapAxis[]; columns: MapAxis[]; cells: MapCell[] }

/** The parent or the pattern that a map looks into; `id` as in MapAxis. */
export type Opened = { side: 'parent' | 'pattern'; id: string }

const MAX_ROWS = 25
const MAX_COLUMNS = 12
/** Stands for every value past the most used. */
export const REST = 'rest'
/** More are not named. */
const MAX_SIGNATURES = 100

const PARENT = sql`coalesce(s.feature_ids[3]::text, ${NOT_REPORTED})`
const PATTERN = sql`coalesce(s.pattern_id::text, ${NOT_REPORTED})`
const PARENT_NAMES = sql`SELECT value FROM feature_value WHERE id`
const PATTERN_NAMES = sql`SELECT pattern AS value FROM pattern WHERE id`
const HOST_NAMES = sql`SELECT name AS value FROM host WHERE id`

/** Which parent uses which command pattern; the most used of both, and the rest as one. */
export function loadParentsByPatterns({ days }: Rollups): Promise<UseMap> {
  return loadMap(
    sql`SELECT u.signature_id, ${PARENT} AS "row", ${PATTERN} AS "column", u.executions, u.deviating
        FROM (SELECT signature_id, sum(executions) AS executions, sum(deviating) AS deviating FROM (${days}) u GROUP BY signature_id) u
        JOIN signature s ON s.id = u.signature_id`,
    PARENT_NAMES,
    PATTERN_NAMES,
  )
}

/** The hosts behind one parent by pattern, or behind one pattern by parent. */
export function loadHostsWithin(scope: Scope, view: BinaryView, { side, id }: Opened): Promise<UseMap> {
  const [inside, across, names] =
    side === 'parent' ? [PARENT, PATTERN, PATTERN_NAMES] : [PATTERN, PARENT, PARENT_NAMES]
  return loadMap(
    sql`SELECT u.signature_id, u.host_id::text AS "row", ${across} AS "column", u.executions,
          CASE WHEN u.score_millibits >= ${DEVIATION_FLOOR_MILLIBITS} THEN u.executions ELSE 0 END AS deviating
        FROM (${usageIn(scope, view)}) u JOIN signature s ON s.id = u.signature_id AND ${inside} = ${id}`,
    HOST_NAMES,
    names,
  )
}

/** The name of what is opened; null = nothing is known by that id. */
export async function findOpened({ side, id }: Opened): Promise<MapAxis | null> {
  if (id === NOT_REPORTED) return { id, value: null }
  const [found] = await rows<{ value: string }>(
    pool(),
    sql`${side === 'parent' ? PARENT_NAMES : PATTERN_NAMES} = ${id}::bigint`,
  )
  return found === undefined ? null : { id, value: found.value }
}

type Row = Omit<MapCell, 'executions'> & {
  executions: string
  row_name: string | null
  column_name: string | null
}

/** `used`: signature_id, row, column, executions, deviating; `…Names`: selects the value of an id that is still to be named. */
async function loadMap(used: Sql, rowNames: Sql, columnNames: Sql): Promise<UseMap> {
  const found = await rows<Row>(
    pool(),
    sql`WITH used AS MATERIALIZED (${used}),
        "rows" AS (SELECT "row" FROM used GROUP BY 1 ORDER BY sum(executions) DESC, 1 LIMIT ${MAX_ROWS}),
        "columns" AS (SELECT "column" FROM used GROUP BY 1 ORDER BY sum(executions) DESC, 1 LIMIT ${MAX_COLUMNS}),
        placed AS (
          SELECT CASE WHEN u."row" IN (SELECT "row" FROM "rows") THEN u."row" ELSE ${REST} END AS "row",
                 CASE WHEN u."column" IN (SELECT "column" FROM "columns") THEN u."column" ELSE ${REST} END AS "column",
                 u.executions, u.deviating, u.signature_id FROM used u),
        cell AS (
          SELECT "row", "column", sum(executions) AS executions, count(DISTINCT signature_id) AS kinds,
                 CASE WHEN ${REST} IN ("row", "column") THEN array_agg(DISTINCT signature_id::text) END AS signatures,
                 2 * sum(deviating) >= sum(executions) AS deviates FROM placed GROUP BY 1, 2)
        SELECT c."row", c."column", c.executions, c.deviates,
          CASE WHEN c.kinds <= ${MAX_SIGNATURES} THEN coalesce(c.signatures, '{}') ELSE '{}' END AS signatures, (${rowNames} = ${named(sql`c."row"`)}) AS row_name, (${columnNames} = ${named(sql`c."column"`)}) AS column_name
        FROM cell c ORDER BY c.executions DESC, 1, 2`,
  )
  return {
    rows: axis(found.map((one) => ({ id: one.row, value: one.row_name, count: Number(one.executions) }))),
    columns: axis(
      found.map((one) => ({ id: one.column, value: one.column_name, count: Number(one.executions) })),
    ),
    cells: found.map(({ row, column, executions, signatures, deviates }) => ({
      row,
      column,
      executions: Number(executions),
      signatures,
      deviates,
    })),
  }
}

function named(id: Sql): Sql {
  return sql`CASE WHEN ${id} ~ '^-?[0-9]+$' THEN ${id}::bigint END`
}

/** Distinct values, the most used first, the rest last. */
function axis(cells: readonly { id: string; value: string | null; count: number }[]): MapAxis[] {
  const totals = new Map<string, { value: string | null; count: number }>()
  for (const { id, value, count } of cells)
    totals.set(id, { value, count: (totals.get(id)?.count ?? 0) + count })
  return Array.from(totals, ([id, { value, count }]) => ({ id, value, count: id === REST ? -1 : count }))
    .sort((a, b) => b.count - a.count)
    .map(({ id, value }) => ({ id, value }))
}

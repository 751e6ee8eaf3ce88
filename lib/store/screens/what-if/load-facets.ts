import { pool } from '@/lib/store/pool'
import { rows, type Sql, sql } from '@/lib/store/sql'
import { inputTables, isInterrupted, joinInput, type ReplayInput } from './replay-input'

export const FACETS = ['parent', 'pattern', 'user', 'group', 'host'] as const
export type FacetKind = (typeof FACETS)[number]

/** One value among what is interrupted: what sparing it would give back. */
export type FacetValue = {
  /** What an exception takes: text of a parent, pattern or user; id of a group or host. */
  value: string
  label: string
  executions: number
  hosts: number
  people: number
  /** 'YYYY-MM-DD' */
  lastDay: string
}

/** `total`: distinct values, of which the most frequent are listed; what is not reported is left out. */
export type Facets = Record<FacetKind, { values: FacetValue[]; total: number }>

const LISTED = 25

type Row = {
  kind: FacetKind
  id: string
  label: string | null
  executions: string
  hosts: string
  people: string
  last_day: string
  total: string
}

/** What the first plan interrupts, by parent, pattern, person, group and host. */
export async function loadFacets(input: ReplayInput): Promise<Facets> {
  const { joins, bits } = joinInput(input)
  const found = await rows<Row>(
    pool(),
    sql`WITH ${inputTables(input)},
        cut AS MATERIALIZED (
          SELECT k.parent, k.pattern, u.principal_id, l.group_id, u.host_id, sum(u.executions) AS executions, max(u.last_day) AS last_day
          FROM use_span u ${joins} WHERE u.entry_id = ${input.entryId} AND ${isInterrupted(input, bits)} GROUP BY 1, 2, 3, 4, 5)
        SELECT f.*, coalesce(g.name, h.name, w.name, w.sid) AS label FROM (
          ${facet('parent', sql`parent`, sql`parent >= 0`)} UNION ALL ${facet('pattern', sql`pattern`, sql`pattern >= 0`)}
          UNION ALL ${facet('user', sql`principal_id`, sql`principal_id <> 0`)} UNION ALL ${facet('group', sql`group_id`, sql`group_id > 0`)}
          UNION ALL ${facet('host', sql`host_id`, sql`true`)}) f
        LEFT JOIN host_group g ON f.kind = 'group' AND g.id = f.id LEFT JOIN host h ON f.kind = 'host' AND h.id = f.id
        LEFT JOIN principal w ON f.kind = 'user' AND w.id = f.id
        ORDER BY f.executions DESC, f.id`,
  )
  const facets = Object.fromEntries(
    FACETS.map((kind) => [kind, { values: [], total: 0 }]),
  ) as unknown as Facets
  for (const row of found) {
    facets[row.kind].values.push({ ...textOf(input, row), ...countsOf(row) })
    facets[row.kind].total = Number(row.total)
  }
  return facets
}

function facet(kind: FacetKind, id: Sql, reported: Sql): Sql {
  return sql`(SELECT ${kind}::text AS kind, ${id}::bigint AS id, sum(executions) AS executions, count(DISTINCT host_id) AS hosts,
      count(DISTINCT nullif(principal_id, 0)) AS people, max(last_day) AS last_day, count(*) OVER () AS total
    FROM cut WHERE ${reported} GROUP BY ${id} ORDER BY executions DESC, id LIMIT ${LISTED})`
}

function textOf(
  { parents, patterns }: ReplayInput,
  { kind, id, label }: Row,
): { value: string; label: string } {
  if (kind === 'parent' || kind === 'pattern') {
    const text = (kind === 'parent' ? parents : patterns)[Number(id)] ?? ''
    return { value: text, label: text }
  }
  return { value: kind === 'user' ? (label ?? '') : id, label: label ?? id }
}

function countsOf(row: Row) {
  return {
    executions: Number(row.executions),
    hosts: Number(row.hosts),
    people: Number(row.people),
    lastDay: row.last_day,
  }
}

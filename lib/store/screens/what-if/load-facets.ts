import { type Sql, sql } from '@/lib/store/sql'
import { inputTables, isInterrupted, joinInput, type ReplayInput } from './replay-input'
import { replayRows } from './replay-rows'

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
  const found = await replayRows<Row>(
    sql`WITH ${inputTables(input)},
        cut AS MATERIALIZED (
          SELECT k.parent, k.pattern, u.principal_id, l.group_id, u.host_id, u.executions, u.last_day
          FROM use_span u ${joins} WHERE u.entry_id = ${input.entryId} AND ${isInterrupted(input, bits)}),
        ${topOf('parent', sql`parent`, sql`parent >= 0`)}, ${topOf('pattern', sql`pattern`, sql`pattern >= 0`)},
        ${topOf('user', sql`principal_id`, sql`principal_id <> 0`)}, ${topOf('group', sql`group_id`, sql`group_id > 0`)},
        ${topOf('host', sql`host_id`, sql`true`)}
        SELECT f.*, coalesce(g.name, h.name, w.name, w.sid) AS label FROM (
          ${counted('parent', sql`parent`)} UNION ALL ${counted('pattern', sql`pattern`)} UNION ALL ${counted('user', sql`principal_id`)}
          UNION ALL ${counted('group', sql`group_id`)} UNION ALL ${counted('host', sql`host_id`)}) f
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

/** `top_KIND AS …`: the most frequent values. Hosts and people are counted of these alone, since telling them apart is most of the work. */
function topOf(kind: FacetKind, id: Sql, reported: Sql): Sql {
  return sql`${table(kind)} AS MATERIALIZED (
      SELECT ${id}::bigint AS id, sum(executions) AS executions, max(last_day) AS last_day, count(*) OVER () AS total
      FROM cut WHERE ${reported} GROUP BY ${id} ORDER BY executions DESC, id LIMIT ${LISTED})`
}

/** Told apart by grouping, which hashes, and not by DISTINCT, which sorts. */
function counted(kind: FacetKind, id: Sql): Sql {
  const pairs = (of: Sql, known: Sql) =>
    sql`SELECT id, count(*) AS count FROM (SELECT t.id, ${of} FROM cut c JOIN ${table(kind)} t ON t.id = c.${id} WHERE ${known} GROUP BY 1, 2) p GROUP BY id`
  return sql`SELECT ${kind}::text AS kind, t.id, t.executions, coalesce(a.count, 0) AS hosts, coalesce(b.count, 0) AS people, t.last_day, t.total
    FROM ${table(kind)} t LEFT JOIN (${pairs(sql`c.host_id`, sql`true`)}) a USING (id)
    LEFT JOIN (${pairs(sql`c.principal_id`, sql`c.principal_id <> 0`)}) b USING (id)`
}

const TABLES: Readonly<Record<FacetKind, Sql>> = {
  parent: sql`top_parent`,
  pattern: sql`top_pattern`,
  user: sql`top_user`,
  group: sql`top_group`,
  host: sql`top_host`,
}

function table(kind: FacetKind): Sql {
  return TABLES[kind]
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

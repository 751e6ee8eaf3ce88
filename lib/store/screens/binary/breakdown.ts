import type { QueryResultRow } from 'pg'
import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { execute, rows, type Sql, sql, transaction } from '@/lib/store/sql'
import { loadPrintings } from './hosts-of-use'
import type { Rollups } from './rollups'
import { type BinaryView, usageIn } from './view'

/** Rows of a breakdown that a page lists; all are counted. */
export const MAX_BREAKDOWN = 100

/** How one value (a pattern, a parent, a user) was used. */
export type UseOf = {
  /** Identifies the value in links; null = not reported. */
  id: string | null
  /** null = the source does not report it. */
  value: string | null
  /** Microseconds since 1970. */
  firstAt: number
  lastAt: number
  days: number
  /** Bit h = ran in UTC hour h on some day. */
  hours: number
  executions: number
  hosts: number
  highestScoreMillibits: number
  /** Hosts by group, as the groups are now. */
  groups: Record<string, number>
}

export type Breakdown = { rows: UseOf[]; total: number }

/** What to break use down by: the value's id by signature `s` (or person), and its text. */
const KINDS = {
  pattern: {
    id: sql`s.pattern_id`,
    text: sql`p.pattern`,
    join: sql`LEFT JOIN pattern p ON p.id = b.id`,
  },
  parent: {
    id: sql`s.feature_ids[3]`,
    text: sql`v.value`,
    join: sql`LEFT JOIN feature_value v ON v.id = b.id`,
  },
} as const satisfies Record<string, { id: Sql; text: Sql; join: Sql }>

export type BreakdownKind = keyof typeof KINDS | 'user'

type Row = {
  id: string | null
  value: string | null
  first_at: number
  last_at: number
  days: string | number
  hours: number
  executions: string
  score: number
  total: string
}

/** Use by pattern or parent, the most used first. */
export async function loadBreakdown({ days, hosts }: Rollups, kind: keyof typeof KINDS): Promise<Breakdown> {
  const { id, text, join } = KINDS[kind]
  const query = sql`WITH kind AS MATERIALIZED (
        SELECT s.id AS signature_id, ${id} AS id FROM signature s WHERE s.id IN (SELECT signature_id FROM (${days}) u)),
      by_value AS (
        SELECT k.id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, count(DISTINCT u.day) AS days, bit_or(u.hours) AS hours,
               sum(u.executions) AS executions, max(u.score_millibits) AS score
        FROM (${days}) u JOIN kind k ON k.signature_id = u.signature_id GROUP BY k.id),
      shown AS (SELECT *, count(*) OVER () AS total FROM by_value ORDER BY executions DESC, id LIMIT ${MAX_BREAKDOWN})
      SELECT b.*, ${text} AS value FROM shown b ${join} ORDER BY b.executions DESC, b.id`
  const [found, used] = await Promise.all([rows<Row>(pool(), query), hosts()])
  return toBreakdown(found, (value) => used.hostsOf(kind, value))
}

/** Use by person, the most active first. The printings of one account are one: the least of their ids stands for them. On how many days each was there is told by what says on which hosts. */
export async function loadUsers(scope: Scope, view: BinaryView, { hosts }: Rollups): Promise<Breakdown> {
  const printings = await loadPrintings()
  const query = sql`WITH account AS MATERIALIZED (
        SELECT printed, id FROM unnest(${printings.map(({ printed }) => printed)}::bigint[], ${printings.map(({ id }) => id)}::bigint[]) AS a(printed, id)),
      printed AS MATERIALIZED (
        SELECT u.principal_id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, bit_or(u.hours) AS hours,
               sum(u.executions) AS executions, max(u.score_millibits) AS score
        FROM (${usageIn(scope, view)}) u GROUP BY 1),
      shown AS MATERIALIZED (
        SELECT coalesce(a.id, u.principal_id) AS id, min(u.first_at) AS first_at, max(u.last_at) AS last_at, bit_or(u.hours) AS hours,
               sum(u.executions) AS executions, max(u.score) AS score, count(*) OVER () AS total
        FROM printed u LEFT JOIN account a ON a.printed = u.principal_id GROUP BY 1 ORDER BY executions DESC, 1 LIMIT ${MAX_BREAKDOWN})
      SELECT nullif(b.id, 0) AS id, b.first_at, b.last_at, b.hours, b.executions, b.score, b.total, w.name AS value
      FROM shown b LEFT JOIN person w ON w.id = b.id ORDER BY b.executions DESC, b.id`
  const [found, used] = await Promise.all([rowsOfOneProcess<Omit<Row, 'days'>>(query), hosts()])
  return toBreakdown(
    found.map((row) => ({ ...row, days: used.daysOf(row.id) })),
    (account) => used.hostsOf('user', account),
  )
}

/** PostgreSQL would begin processes to help with so many rows: they know none of the pages yet, and take the processors from those who wait for less. */
async function rowsOfOneProcess<T extends QueryResultRow>(query: Sql): Promise<T[]> {
  return await transaction(pool(), async (client) => {
    await execute(client, sql`SELECT set_config('max_parallel_workers_per_gather', '0', true)`)
    return await rows<T>(client, query)
  })
}

function toBreakdown(
  found: readonly Row[],
  hostsOf: (id: string | null) => Pick<UseOf, 'hosts' | 'groups'>,
): Breakdown {
  return {
    total: Number(found[0]?.total ?? 0),
    rows: found.map((row) => ({
      id: row.id,
      value: row.value,
      firstAt: row.first_at,
      lastAt: row.last_at,
      days: Number(row.days),
      hours: row.hours,
      executions: Number(row.executions),
      highestScoreMillibits: row.score,
      ...hostsOf(row.id),
    })),
  }
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
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
  /** Its executions have one of these signatures. */
  signatures: string[]
  /** Hosts by group, as the groups are now. */
  groups: Record<string, number>
}

export type Breakdown = { rows: UseOf[]; total: number }

/** What to break usage `u` (with its signature `s`, and what `of` joins) down by: the value's id and text. */
const KINDS = {
  pattern: {
    id: sql`s.pattern_id`,
    of: empty,
    text: sql`p.pattern`,
    join: sql`LEFT JOIN pattern p ON p.id = b.id`,
  },
  parent: {
    id: sql`s.feature_ids[3]`,
    of: empty,
    text: sql`v.value`,
    join: sql`LEFT JOIN feature_value v ON v.id = b.id`,
  },
  // the printings of one account are one: the least of their ids stands for them
  user: {
    id: sql`account.id`,
    of: sql`LEFT JOIN (SELECT id AS printed, min(id) OVER (PARTITION BY account_key(name, sid)) AS id FROM principal) account
      ON account.printed = u.principal_id`,
    text: sql`w.name`,
    join: sql`LEFT JOIN person w ON w.id = b.id`,
  },
} as const satisfies Record<string, { id: Sql; of: Sql; text: Sql; join: Sql }>

export type BreakdownKind = keyof typeof KINDS

type Row = {
  id: string | null
  value: string | null
  first_at: number
  last_at: number
  days: string
  hours: number
  executions: string
  hosts: string
  score: number
  groups: Record<string, number> | null
  signatures: string[]
  total: string
}

/** Usage by pattern, parent or user, the most used first. */
export async function loadBreakdown(scope: Scope, view: BinaryView, kind: BreakdownKind): Promise<Breakdown> {
  const { id, of, text, join } = KINDS[kind]
  const found = await rows<Row>(
    pool(),
    sql`WITH used AS (
          SELECT ${id} AS id, u.host_id, u.day, bit_or(u.hours) AS hours, min(u.first_at) AS first_at, max(u.last_at) AS last_at,
                 sum(u.executions) AS executions, max(u.score_millibits) AS score,
                 array_agg(DISTINCT u.signature_id) AS signatures
          FROM (${usageIn(scope, view)}) u JOIN signature s ON s.id = u.signature_id ${of}
          GROUP BY 1, 2, 3),
        by_value AS (
          SELECT id, min(first_at) AS first_at, max(last_at) AS last_at, count(DISTINCT day) AS days, bit_or(hours) AS hours,
                 sum(executions) AS executions, count(DISTINCT host_id) AS hosts, max(score) AS score
          FROM used GROUP BY id),
        named AS (SELECT id, array_agg(DISTINCT one::text) AS signatures FROM used u, unnest(u.signatures) one GROUP BY id),
        by_group AS (
          SELECT id, jsonb_object_agg(name, hosts) AS groups FROM (
            SELECT u.id, g.name, count(DISTINCT u.host_id) AS hosts FROM used u
            JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL JOIN host_group g ON g.id = m.group_id
            GROUP BY u.id, g.name) counted GROUP BY id)
        SELECT b.*, ${text} AS value, g.groups, n.signatures, count(*) OVER () AS total FROM by_value b ${join}
        JOIN named n ON n.id IS NOT DISTINCT FROM b.id LEFT JOIN by_group g ON g.id IS NOT DISTINCT FROM b.id
        ORDER BY b.executions DESC, b.id LIMIT ${MAX_BREAKDOWN}`,
  )
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
      hosts: Number(row.hosts),
      highestScoreMillibits: row.score,
      signatures: row.signatures,
      groups: row.groups ?? {},
    })),
  }
}

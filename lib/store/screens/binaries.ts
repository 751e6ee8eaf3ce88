import type { Scope } from '@/lib/pipeline/actor'
import type { Tier } from '@/lib/pipeline/catalogue/entry'
import type { DecisionState, LiveState, Verdict } from '@/lib/pipeline/decision/states'
import { pool } from '@/lib/store/pool'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { type EntryUse, loadBinariesUse } from './binaries-use'
import { type DataWindow, daysOf } from './data-window'
import { waitingItems } from './deviations/waiting-items'
import { containing } from './like'
import { limitOffset, matching, orderBy, type TableRequest } from './table-request'

export const BINARY_SORTS = [
  'name',
  'executions',
  'hosts',
  'patterns',
  'parents',
  'deviations',
  'score',
  'lastSeen',
] as const
export type BinarySort = (typeof BINARY_SORTS)[number]

/** `show`: 'all' brings in what is not counted (context, optional ones turned off, retired). */
export const BINARY_FILTERS = [
  'tier',
  'decision',
  'seen',
  'technique',
  'countermeasure',
  'named',
  'show',
  'days',
  'from',
  'to',
] as const

export type BinaryRow = {
  slug: string
  name: string
  tier: Tier
  counted: boolean
  namedInMission: boolean
  attack: string[]
  countermeasures: string[]
  executions: number
  hosts: number
  patterns: number
  parents: number
  openDeviations: number
  /** null = not used in the window. */
  highestScoreMillibits: number | null
  /** Microseconds since 1970, over all data; null = never seen. */
  lastAt: number | null
  /** Of the latest decision that was not turned down; null = undecided. */
  verdict: Verdict | null
  decision: DecisionState | null
  /** Executions a day over the window, oldest first. */
  daily: number[]
}

type Row = {
  id: number
  slug: string
  name: string
  tier: Tier
  counted: boolean
  named_in_mission: boolean
  attack: string[]
  countermeasures: string[]
  executions: string | null
  hosts: string | null
  patterns: string | null
  parents: string | null
  deviations: string | null
  score: number | null
  last_at: number | null
  verdict: Verdict | null
  decision: DecisionState | null
  daily: Record<string, number> | null
  total: string
}

const ORDER: Record<BinarySort, Sql> = {
  name: sql`c.slug`,
  executions: sql`coalesce(w.executions, 0)`,
  hosts: sql`coalesce(w.hosts, 0)`,
  patterns: sql`coalesce(w.patterns, 0)`,
  parents: sql`coalesce(w.parents, 0)`,
  deviations: sql`coalesce(o.deviations, 0)`,
  score: sql`w.score`,
  lastSeen: sql`w.last_at`,
}

/** Baseline entries and optional ones turned on: what is stored and scored. */
export const COUNTED = sql`(c.retired_at IS NULL AND (c.tier = 'baseline' OR (c.tier = 'optional' AND c.enabled)))`

/** What leads: a renewal that is only asked for does not hide the block that it is to renew. */
const LEADS: readonly LiveState[] = ['enforced', 'emergency', 'approved', 'proposed', 'audit']

/** The decision on entry `c` that says most of how it stands, the latest of equals: its `id`, `state` and `verdict`. */
export const LEADING_DECISION = sql`(SELECT d.id, d.state, d.verdict FROM decision d
  WHERE d.entry_id = c.id AND d.state = ANY(${[...LEADS]}::text[])
  ORDER BY array_position(${[...LEADS]}::text[], d.state), d.id DESC LIMIT 1)`

/** Catalogue entries with their use in the window; a binary nobody used has zeros, not a missing row. `at`: as of Remembered. */
export async function listBinaries(
  scope: Scope,
  request: TableRequest<BinarySort>,
  window: DataWindow | null,
): Promise<{ rows: BinaryRow[]; total: number; at: number | null }> {
  const { value: use, at } = await loadBinariesUse(scope, window)
  const found = await rows<Row>(
    pool(),
    sql`${binariesWith(scope, request, use)}
        ${orderBy(request, ORDER, sql`c.slug`)} ${limitOffset(request)}`,
  )
  return { rows: found.map((row) => toRow(row, window)), total: Number(found[0]?.total ?? 0), at }
}

/** Every entry that a request leaves in, with its use; sorting and paging are left to the caller. */
export function binariesWith(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  use: readonly EntryUse[],
): Sql {
  return sql`WITH used AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(use)}::jsonb) AS t(
        entry_id int, executions bigint, hosts bigint, patterns bigint, parents bigint, score int, last_at timestamptz, daily jsonb)),
    open AS (
      SELECT entry_id, count(*) AS deviations FROM (${waitingItems(scope)}) d GROUP BY entry_id)
    SELECT c.id, c.slug, c.name, c.tier, ${COUNTED} AS counted, c.named_in_mission, c.attack, c.countermeasures,
      w.executions, w.hosts, w.patterns, w.parents, w.score, w.daily, o.deviations, w.last_at, s.verdict, s.state AS decision,
      count(*) OVER () AS total
    FROM catalogue_entry c LEFT JOIN used w ON w.entry_id = c.id LEFT JOIN open o ON o.entry_id = c.id
    LEFT JOIN LATERAL ${LEADING_DECISION} s ON true
    ${filterOf(request)}`
}

function filterOf(request: Pick<TableRequest, 'q' | 'filters'>): Sql {
  const { q, filters } = request
  const seen = filters['seen']?.[0]
  const all = filters['show']?.includes('all') || filters['tier'] !== undefined
  return sql`WHERE ${all ? sql`true` : sql`(${COUNTED} OR w.executions > 0)`}
    ${q === '' ? empty : sql`AND (c.name ILIKE ${containing(q)} OR c.description ILIKE ${containing(q)})`}
    ${matching(request, 'tier', sql`c.tier`)}
    ${matching(request, 'decision', sql`coalesce(s.state, 'undecided')`)}
    ${overlapping(request, 'technique', sql`c.attack`)}
    ${overlapping(request, 'countermeasure', sql`c.countermeasures`)}
    ${filters['named'] === undefined ? empty : sql`AND c.named_in_mission`}
    ${seen === 'yes' ? sql`AND w.last_at IS NOT NULL` : seen === 'no' ? sql`AND w.last_at IS NULL` : empty}`
}

function overlapping(request: Pick<TableRequest, 'filters'>, filter: string, column: Sql): Sql {
  const chosen = request.filters[filter]
  return chosen === undefined ? empty : sql`AND ${column} && ${[...chosen]}::text[]`
}

function toRow(row: Row, window: DataWindow | null): BinaryRow {
  return {
    slug: row.slug,
    name: row.name,
    tier: row.tier,
    counted: row.counted,
    namedInMission: row.named_in_mission,
    attack: row.attack,
    countermeasures: row.countermeasures,
    executions: Number(row.executions ?? 0),
    hosts: Number(row.hosts ?? 0),
    patterns: Number(row.patterns ?? 0),
    parents: Number(row.parents ?? 0),
    openDeviations: Number(row.deviations ?? 0),
    highestScoreMillibits: row.score,
    lastAt: row.last_at,
    verdict: row.verdict,
    decision: row.decision,
    daily: (window === null ? [] : daysOf(window)).map((day) => row.daily?.[day] ?? 0),
  }
}

export type BinaryOptions = { techniques: string[]; countermeasures: string[] }

/** Values to filter by, as the catalogue has them. */
export async function listBinaryOptions(): Promise<BinaryOptions> {
  const found = await rows<{ kind: string; value: string }>(
    pool(),
    sql`SELECT 'technique' AS kind, unnest(attack) AS value FROM catalogue_entry WHERE retired_at IS NULL
        UNION SELECT 'countermeasure', unnest(countermeasures) FROM catalogue_entry WHERE retired_at IS NULL ORDER BY 2`,
  )
  const of = (kind: string) => found.filter((row) => row.kind === kind).map(({ value }) => value)
  return { techniques: of('technique'), countermeasures: of('countermeasure') }
}

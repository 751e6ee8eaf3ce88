import type { Scope } from '@/lib/pipeline/actor'
import type { Tier } from '@/lib/pipeline/catalogue/entry'
import { type DecisionState, LIVE_STATES, type Verdict } from '@/lib/pipeline/decision/states'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, daysOf, inWindow } from './data-window'
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
  lastSeen: sql`l.last_at`,
}

/** Baseline entries and optional ones turned on: what is stored and scored. */
export const COUNTED = sql`(c.retired_at IS NULL AND (c.tier = 'baseline' OR (c.tier = 'optional' AND c.enabled)))`

/** The latest decision on entry `c` that counts: its `state` and `verdict`. */
export const LATEST_DECISION = sql`(SELECT d.state, d.verdict FROM decision d
  WHERE d.entry_id = c.id AND d.state = ANY(${[...LIVE_STATES]}::text[]) ORDER BY d.id DESC LIMIT 1)`

/** Catalogue entries with their use in the window; a binary nobody used has zeros, not a missing row. */
export async function listBinaries(
  scope: Scope,
  request: TableRequest<BinarySort>,
  window: DataWindow | null,
): Promise<{ rows: BinaryRow[]; total: number }> {
  const found = await rows<Row>(
    pool(),
    sql`${binariesWith(scope, request, window)}
        ${orderBy(request, ORDER, sql`c.slug`)} ${limitOffset(request)}`,
  )
  const daily = await loadDaily(
    scope,
    found.map(({ id }) => id),
    window,
  )
  return { rows: found.map((row) => toRow(row, daily)), total: Number(found[0]?.total ?? 0) }
}

/** Every entry that a request leaves in, with its use; sorting and paging are left to the caller. */
export function binariesWith(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  window: DataWindow | null,
): Sql {
  return sql`${withUse(scope, window)}
        SELECT c.id, c.slug, c.name, c.tier, ${COUNTED} AS counted, c.named_in_mission, c.attack, c.countermeasures,
          w.executions, w.hosts, w.patterns, w.parents, w.score, o.deviations, l.last_at, s.verdict, s.state AS decision,
          count(*) OVER () AS total
        FROM catalogue_entry c LEFT JOIN used w ON w.entry_id = c.id LEFT JOIN open o ON o.entry_id = c.id
        LEFT JOIN LATERAL (
          SELECT max(u.last_at) AS last_at FROM usage u
          WHERE u.entry_id = c.id ${inScope(scope, sql`u.host_id`)} AND u.day = (
            SELECT max(day) FROM usage WHERE entry_id = c.id ${inScope(scope, sql`host_id`)})) l ON true
        LEFT JOIN LATERAL ${LATEST_DECISION} s ON true
        ${filterOf(request)}`
}

function withUse(scope: Scope, window: DataWindow | null): Sql {
  const inside = window === null ? sql`AND false` : inWindow(window, sql`u.day`)
  return sql`WITH by_signature AS (
      SELECT u.entry_id, u.host_id, u.signature_id, sum(u.executions) AS executions, max(u.score_millibits) AS score
      FROM usage u WHERE true ${inside} ${inScope(scope, sql`u.host_id`)} GROUP BY u.entry_id, u.host_id, u.signature_id),
    used AS (
      SELECT b.entry_id, sum(b.executions) AS executions, count(DISTINCT b.host_id) AS hosts, count(DISTINCT s.pattern_id) AS patterns,
        count(DISTINCT s.feature_ids[3]) AS parents, max(b.score) AS score
      FROM by_signature b JOIN signature s ON s.id = b.signature_id GROUP BY b.entry_id),
    open AS (
      SELECT d.entry_id, count(*) AS deviations FROM deviation d WHERE d.state IN ('open', 'flagged')
        AND EXISTS (SELECT FROM deviation_hit t WHERE t.deviation_id = d.id ${inScope(scope, sql`t.host_id`)}) GROUP BY d.entry_id)`
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
    ${seen === 'yes' ? sql`AND l.last_at IS NOT NULL` : seen === 'no' ? sql`AND l.last_at IS NULL` : empty}`
}

function overlapping(request: Pick<TableRequest, 'filters'>, filter: string, column: Sql): Sql {
  const chosen = request.filters[filter]
  return chosen === undefined ? empty : sql`AND ${column} && ${[...chosen]}::text[]`
}

async function loadDaily(scope: Scope, entryIds: readonly number[], window: DataWindow | null) {
  if (window === null || entryIds.length === 0) return () => []
  const found = await rows<{ entry_id: number; day: string; executions: string }>(
    pool(),
    sql`SELECT entry_id, day, sum(executions) AS executions FROM usage
        WHERE entry_id = ANY(${[...entryIds]}::int[]) ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)} GROUP BY entry_id, day`,
  )
  const counts = new Map(found.map((row) => [`${row.entry_id} ${row.day}`, Number(row.executions)]))
  const days = daysOf(window)
  return (entryId: number) => days.map((day) => counts.get(`${entryId} ${day}`) ?? 0)
}

function toRow(row: Row, daily: (entryId: number) => number[]): BinaryRow {
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
    daily: daily(row.id),
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

import type { Scope } from '@/lib/pipeline/actor'
import type { CoverageClass } from '@/lib/pipeline/baseline/coverage'
import { ANY_TOOL } from '@/lib/pipeline/baseline/features'
import { hostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import { addDays } from '@/lib/pipeline/days'
import type { ScoreSettings } from '@/lib/pipeline/deviation/score-signature'
import { SENSORS, type Sensor, TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import { coverageClassOf } from '@/lib/store/host-coverage'
import { type Pool, pool } from '@/lib/store/pool'
import { loadHistory } from '@/lib/store/recompute/history'
import { inScope } from '@/lib/store/scope'
import { loadScoreSettings } from '@/lib/store/settings'
import { loadSignatures } from '@/lib/store/signatures'
import { empty, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from './data-window'
import { waitingOnHosts } from './deviations/waiting-items'
import { type HostsUse, hostsUseTable, loadHostsUse } from './hosts-use'
import { containing } from './like'
import { remembered } from './remembered'
import { limitOffset, orderBy, type TableRequest } from './table-request'

export const HOST_SORTS = [
  'name',
  'group',
  'lastSeen',
  'coverage',
  'days',
  'gaps',
  'binaries',
  'executions',
  'deviations',
  'score',
] as const
type HostSort = (typeof HOST_SORTS)[number]
export const HOST_FILTERS = ['group', 'sensor', 'coverage', 'sends', 'days', 'from', 'to'] as const

export type HostRow = {
  id: number
  name: string
  group: string | null
  /** Its last process creation in the window, or else the last that it ever sent, µs; null = nothing. */
  lastAt: number | null
  sensors: Sensor[]
  /** By how much, in seconds, its logs' creation times lie off the records' own UTC in the window, where by a minute or more. */
  clockShift: { least: number; greatest: number } | null
  /** Days with telemetry in the window. */
  daysCovered: number
  /** Days without telemetry between its first and last day in the window, and the most of them in a row. */
  gapDays: number
  longestGapDays: number
  /** Whether something unseen on it can be taken to be absent. */
  coverage: CoverageClass
  binaries: number
  executions: number
  openDeviations: number
  highestScoreMillibits: number | null
  /** How much of the judgement rests on the host's own past: 0 = nothing known, towards 1 = mature. */
  maturity: number
}

type Row = {
  id: number
  name: string
  group_name: string | null
  /** A bit each. */
  sensors: number | null
  least_shift: number | null
  greatest_shift: number | null
  days: string | null
  gap_days: string | null
  longest_gap: string | null
  coverage: CoverageClass
  binaries: string | null
  executions: string | null
  score: number | null
  deviations: string | null
  total: string
}

/** When a host sent anything last, on any day and of any kind; null = nothing is known of that. `hostId`: as SQL. */
export function lastSeenOf(hostId: Sql): Sql {
  const newest = (table: 'coverage' | 'telemetry') =>
    sql`(SELECT max(t.last_at) FROM ${raw(table)} t WHERE t.host_id = ${hostId} AND t.day = (SELECT max(d.day) FROM ${raw(table)} d WHERE d.host_id = ${hostId}))`
  return sql`greatest(${newest('coverage')}, ${newest('telemetry')})`
}

const ORDER: Record<HostSort, Sql> = {
  name: sql`h.name`,
  group: sql`g.name`,
  lastSeen: lastSeenOf(sql`h.id`),
  coverage: sql`coverage`,
  days: sql`coalesce(c.days, 0)`,
  gaps: sql`coalesce(c.last_day - c.first_day + 1 - c.days, 0)`,
  binaries: sql`coalesce(c.binaries, 0)`,
  executions: sql`coalesce(c.executions, 0)`,
  deviations: sql`coalesce(o.deviations, 0)`,
  score: sql`c.score`,
}

/** A page of hosts that takes less is not remembered. */
const SLOW_PAGE_MS = 75

export type HostsPage = { rows: HostRow[]; total: number; at: number | null }

/** The same as pages show it: what nobody changed and nothing was computed of is not worked out twice. */
export async function listHostsSeen(
  scope: Scope,
  request: TableRequest<HostSort>,
  window: DataWindow | null,
): Promise<HostsPage> {
  // there is no end of what can be searched for
  if (request.q !== '') return await listHosts(scope, request, window)
  const { value, at } = await remembered(
    'hosts',
    scope,
    [request, window],
    () => listHosts(scope, request, window),
    { slowMs: SLOW_PAGE_MS, sees: 'changes', isOld: (page) => page.at !== null },
  )
  return { ...value, at: value.at ?? at }
}

/** Hosts with what they reported and used in the window. `at`: as of Remembered. */
export async function listHosts(
  scope: Scope,
  request: TableRequest<HostSort>,
  window: DataWindow | null,
): Promise<HostsPage> {
  const { value: use, at } = await loadHostsUse(scope, window)
  const found = await rows<Row>(
    pool(),
    sql`${hostsWith(scope, request, window, use)}
        ${orderBy(request, ORDER, sql`h.name`)} ${limitOffset(request)}`,
  )
  const [maturity, lastSeen] = await Promise.all([
    loadMaturity(
      found.map(({ id }) => id),
      window,
    ),
    findLastSeen(found.map(({ id }) => id)),
  ])
  return {
    at,
    total: Number(found[0]?.total ?? 0),
    rows: found.map((row) => ({
      id: row.id,
      name: row.name,
      group: row.group_name,
      lastAt: lastSeen.get(row.id) ?? null,
      sensors: SENSORS.filter((_, index) => ((row.sensors ?? 0) & (1 << index)) !== 0),
      clockShift:
        row.least_shift === null || row.greatest_shift === null
          ? null
          : { least: row.least_shift, greatest: row.greatest_shift },
      daysCovered: Number(row.days ?? 0),
      gapDays: Number(row.gap_days ?? 0),
      longestGapDays: Number(row.longest_gap ?? 0),
      coverage: row.coverage,
      binaries: Number(row.binaries ?? 0),
      executions: Number(row.executions ?? 0),
      openDeviations: Number(row.deviations ?? 0),
      highestScoreMillibits: row.score,
      maturity: maturity(row.id),
    })),
  }
}

/** When hosts sent anything last, µs. */
async function findLastSeen(hostIds: readonly number[]): Promise<Map<number, number | null>> {
  const found = await rows<{ id: number; last_at: number | null }>(
    pool(),
    sql`SELECT h.id, ${lastSeenOf(sql`h.id`)} AS last_at FROM host h WHERE h.id = ANY(${[...hostIds]}::int[])`,
  )
  return new Map(found.map(({ id, last_at }) => [id, last_at]))
}

/** Every host that a request leaves in, with what it reported and used; sorting and paging are left to the caller. */
export function hostsWith(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  window: DataWindow | null,
  use: HostsUse | null,
): Sql {
  return sql`WITH c AS MATERIALIZED (${hostsUseTable(use)}),
        open AS (
          SELECT host_id, count(*) AS deviations FROM (${waitingOnHosts(scope)}) t GROUP BY host_id)
        SELECT h.id, h.name, g.name AS group_name, c.sensors, c.days, c.creations, c.with_command_line,
          c.last_day - c.first_day + 1 - c.days AS gap_days, coalesce(c.longest_step, 1) - 1 AS longest_gap, ${coverageIn(window)} AS coverage,
          c.binaries, c.executions, c.score, o.deviations, c.least_shift, c.greatest_shift, count(*) OVER () AS total
        FROM host h LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id
        LEFT JOIN c ON c.host_id = h.id LEFT JOIN open o ON o.host_id = h.id
        ${hostFilter(scope, request, window)}`
}

function coverageIn(window: DataWindow | null): Sql {
  return window === null ? sql`'silent'` : coverageClassOf(window)
}

/** Hosts with a name, in scope, that the page's search and filters leave in; needs `h` (host), `g` (group) and, with coverage or sensors, `c`. */
function hostFilter(
  scope: Scope,
  { q, filters }: Pick<TableRequest, 'q' | 'filters'>,
  window: DataWindow | null,
): Sql {
  const groups = filters['group']
  const sensors = filters['sensor']?.flatMap((name) =>
    SENSORS.flatMap((sensor, index) => (sensor === name ? [1 << index] : [])),
  )
  const classes = filters['coverage']
  const kinds = filters['sends']
  return sql`WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id ${q === '' ? empty : sql`AND a.alias ILIKE ${containing(q)}`})
    ${inScope(scope, sql`h.id`)}
    ${groups === undefined ? empty : sql`AND coalesce(g.name, 'none') = ANY(${[...groups]}::text[])`}
    ${sensors === undefined ? empty : sql`AND c.sensors & ${sensors.reduce((all, bit) => all | bit, 0)}::int <> 0`}
    ${classes === undefined ? empty : sql`AND ${coverageIn(window)} = ANY(${[...classes]}::text[])`}
    ${kinds === undefined ? empty : sql`AND ${sendsOneOf(kinds, window)}`}`
}

/** Whether one of the kinds of events arrived from `h` in the window. */
function sendsOneOf(kinds: readonly string[], window: DataWindow | null): Sql {
  if (window === null) return sql`false`
  const indexes = TELEMETRY_KINDS.flatMap((kind, index) => (kinds.includes(kind) ? [index] : []))
  return sql`EXISTS (SELECT FROM telemetry t WHERE t.host_id = h.id AND t.kind = ANY(${indexes}::smallint[]) ${inWindow(window, sql`t.day`)})`
}

/** How sure scores of the next day would be of each host's own past, remembered from when it takes this long. */
const SLOW_MATURITY_MS = 30

async function loadMaturity(hostIds: readonly number[], window: DataWindow | null) {
  if (window === null || hostIds.length === 0) return () => 0
  const next = addDays(window.to, 1)
  const { learning } = await loadScoreSettings(pool(), next)
  const { value } = await remembered(
    'maturity of hosts',
    { kind: 'all' },
    [hostIds, next, learning],
    () => loadMaturityNow(pool(), hostIds, next, learning),
    { slowMs: SLOW_MATURITY_MS },
  )
  return (hostId: number) => value[hostId] ?? 0
}

/** 1 − ν of each host's profile over its binaries, as scores of a day would read it. */
async function loadMaturityNow(
  db: Pool,
  hostIds: readonly number[],
  day: string,
  learning: ScoreSettings['learning'],
): Promise<Record<number, number>> {
  const history = await loadHistory(db, hostIds, day, learning)
  const ids = [...history.values()].flatMap((byId) => [...byId.keys()])
  const signatures = await loadSignatures(db, ids)
  return Object.fromEntries(
    Array.from(history, ([hostId, past]) => [
      hostId,
      1 - hostBaseline(past, signatures).profile(ANY_TOOL, 'tool').nu,
    ]),
  )
}

/** Hosts whose past is read together, where there are more than a page has. */
const AT_ONCE = 100

/** The maturity of every host of a list, in its order. */
export async function loadMaturityOfAll(
  db: Pool,
  hostIds: readonly number[],
  window: DataWindow | null,
): Promise<number[]> {
  if (window === null) return hostIds.map(() => 0)
  const next = addDays(window.to, 1)
  const { learning } = await loadScoreSettings(db, next)
  const found: number[] = []
  for (let at = 0; at < hostIds.length; at += AT_ONCE) {
    const some = hostIds.slice(at, at + AT_ONCE)
    const maturity = await loadMaturityNow(db, some, next, learning)
    found.push(...some.map((id) => maturity[id] ?? 0))
  }
  return found
}

import type { Scope } from '@/lib/pipeline/actor'
import type { Reason } from '@/lib/pipeline/deviation/risk'
import type { TriageState } from '@/lib/pipeline/deviation/triage'
import { reasonWords } from '@/lib/pipeline/deviation/words'
import { findDeviation, type StoredDeviation } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { isInt8 } from '@/lib/store/screens/executions/filter'
import { remembered } from '@/lib/store/screens/remembered'
import { type NamedReason, nameReasons } from '@/lib/store/screens/sigma/named-reasons'
import { limitOffset, orderBy, type TableRequest } from '@/lib/store/screens/table-request'
import { join, plannedRows, rows, type Sql, sql } from '@/lib/store/sql'
import { type DeviationSort, FIRST_SEEN_CHOICES, SCORE_CHOICES, toDeviationFilter } from './filter'
import { type FilterName, isFirstSeenWithin, itemsWith, passing } from './items'

/** One pattern that departs from the baseline, however often and wherever it was seen. Times in microseconds. */
export type DeviationItem = {
  id: string
  slug: string
  binary: string
  /** Its pattern, or the nearest thing to one that was reported, as `title` has it in words. */
  pattern: string
  title: string
  techniques: string[]
  state: TriageState
  /** It was explained, and deviates again where or how nobody ruled. */
  again: boolean
  version: number
  assigneeId: string | null
  assignee: string | null
  note: string | null
  /** The highest of its hits; null = a ruling explains all of it. */
  scoreMillibits: number | null
  /** What added to that hit's score, in words, the most first. */
  because: string[]
  hosts: number
  executions: number
  /** The host, where it is only one. */
  onlyHost: string | null
  firstAt: number
  lastAt: number
}

type Row = {
  id: string
  slug: string
  binary_name: string
  title: string
  title_in_words: string
  attack: string[]
  state: TriageState
  again: boolean
  version: number
  assignee_id: string | null
  assignee: string | null
  note: string | null
  score: number | null
  reasons: Reason[] | null
  hosts: string
  executions: string
  host_names: string[]
  first_at: number
  last_at: number
  total: string
}

const ORDER: Record<DeviationSort, Sql> = {
  score: sql`score`,
  pattern: sql`title_in_words`,
  binary: sql`binary_name`,
  hosts: sql`hosts`,
  executions: sql`executions`,
  first: sql`first_at`,
  last: sql`last_at`,
  state: sql`state`,
  assignee: sql`assignee`,
}

function shown(request: TableRequest<DeviationSort>): Sql {
  return sql`SELECT *, count(*) OVER () AS total FROM item WHERE ${passing(null)} ${orderBy(request, ORDER, sql`id`)} ${limitOffset(request)}`
}

const ANYTHING = toDeviationFilter({ q: '', filters: { state: ['all'] } })

async function findDeviationItem(scope: Scope, id: string): Promise<DeviationItem | null> {
  const found = await plannedRows<Row>(
    pool(),
    sql`${itemsWith(scope, ANYTHING, (item) => sql`AND ${item} = ${id}::bigint`)} SELECT *, 1 AS total FROM item`,
  )
  const [item] = await toItems(found)
  return item ?? null
}

/** What a page about one item reads first. */
export type DeviationDetail = { item: DeviationItem; deviation: StoredDeviation }

/** One item by the text of a URL, with what is stored of it; null where it names none that shows on a host in scope. */
export async function findDeviationDetail(scope: Scope, id: string): Promise<DeviationDetail | null> {
  if (!isInt8(id)) return null
  const [item, deviation] = await Promise.all([
    findDeviationItem(scope, id),
    findDeviation(pool(), scope, id),
  ])
  return item && deviation && { item, deviation }
}

async function toItems(found: readonly Row[]): Promise<DeviationItem[]> {
  const named = await nameReasons(found.map(({ reasons }) => reasons ?? []))
  return found.map((row, index) => toItem(row, named[index] ?? []))
}

function toItem(row: Row, reasons: readonly NamedReason[]): DeviationItem {
  const [onlyHost] = row.host_names
  return {
    id: row.id,
    slug: row.slug,
    binary: row.binary_name,
    pattern: row.title,
    title: row.title_in_words,
    techniques: row.attack,
    state: row.state,
    again: row.again,
    version: row.version,
    assigneeId: row.assignee_id,
    assignee: row.assignee,
    note: row.note,
    scoreMillibits: row.score,
    because: reasons
      .filter(({ millibits }) => millibits > 0)
      .toSorted((a, b) => b.millibits - a.millibits)
      .map(({ words }) => words),
    hosts: Number(row.hosts),
    executions: Number(row.executions),
    onlyHost: row.host_names.length === 1 ? (onlyHost ?? null) : null,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }
}

/** How many items each value of each filter would show, the other filters as they are. */
export type DeviationFacets = Record<string, { value: string; label: string; count: number }[]>

const MOST_HOSTS = 100

/** Triage items that match, one page. `below`: those that the filters ask for, but that score below the threshold of what people see. */
export type Queue = { rows: DeviationItem[]; total: number; facets: DeviationFacets; below: number }

type FacetRow = { facet: string; value: string; label: string; count: number }

/** A page of the queue that takes less is not remembered. */
const SLOW_PAGE_MS = 75

/** The same as pages show it: what nobody changed and nothing was computed of is not worked out twice; whatever was is there at once. There is no end of what can be searched for. */
export async function loadQueueSeen(scope: Scope, request: TableRequest<DeviationSort>): Promise<Queue> {
  if (request.q !== '') return await loadQueue(scope, request)
  const how = { slowMs: SLOW_PAGE_MS, sees: 'changes', oldestMs: 0 } as const
  return (await remembered('queue', scope, request, () => loadQueue(scope, request), how)).value
}

/** A page of items, and how many each filter would leave: what both are counted from is summed up once. */
export async function loadQueue(scope: Scope, request: TableRequest<DeviationSort>): Promise<Queue> {
  const found = await rows<(Row | { id: null }) & { facet_counts: FacetRow[] | null }>(
    pool(),
    sql`${itemsWith(scope, toDeviationFilter(request))},
      facet AS MATERIALIZED (SELECT coalesce(jsonb_agg(f), '[]') AS facet_counts FROM (${facetCounts()}) f),
      shown AS (SELECT s.*, row_number() OVER () AS place FROM (${shown(request)}) s)
      SELECT shown.*, CASE WHEN coalesce(shown.place, 1) = 1 THEN facet_counts END AS facet_counts
      FROM facet LEFT JOIN shown ON true ORDER BY shown.place`,
  )
  const items = found.flatMap((row) => (row.id === null ? [] : [row]))
  return {
    rows: await toItems(items),
    total: Number(items[0]?.total ?? 0),
    ...toFacets(found[0]?.facet_counts ?? []),
  }
}

/** A facet whose values are steps, all of which an item can reach: counted in one reading. */
function stepCounts(facet: FilterName, steps: readonly number[], reaches: (step: number) => Sql): Sql {
  const counts = join(steps.map((step) => sql`count(*) FILTER (WHERE ${reaches(step)})`))
  return sql`SELECT ${facet}::text, step::text, '', reached FROM (SELECT ARRAY[${counts}] AS counts FROM item WHERE ${passing(facet)}) c,
    unnest(${[...steps]}::int[], c.counts) AS s(step, reached) WHERE reached > 0`
}

function facetCounts(): Sql {
  return sql`SELECT 'state' AS facet, CASE WHEN again THEN 'open' ELSE state END AS value, '' AS label, count(*) AS count
        FROM item WHERE ${passing('state')} GROUP BY 2
      UNION ALL SELECT 'binary', slug, binary_name, count(*) FROM item WHERE ${passing('binary')} GROUP BY 2, 3
      UNION ALL SELECT 'technique', t, t, sum(items)::bigint FROM
        (SELECT attack, count(*) AS items FROM item WHERE ${passing('technique')} GROUP BY attack) i, unnest(attack) t GROUP BY 2
      UNION ALL SELECT 'reason', r->>'code', coalesce(max(s.title), ''), count(*) FROM item, jsonb_array_elements(reasons) r
        LEFT JOIN sigma_rule s ON 'sigma:' || s.id = r->>'code' WHERE ${passing('reason')} GROUP BY 2
      UNION ALL SELECT 'group', g, g, count(*) FROM item, unnest(group_names) g WHERE ${passing('group')} GROUP BY 2
      UNION ALL (SELECT 'host', h, h, count(*) FROM item, unnest(host_names) h WHERE ${passing('host')} GROUP BY 2 ORDER BY 4 DESC, 2 LIMIT ${MOST_HOSTS})
      UNION ALL SELECT 'assignee', coalesce(assignee_id::text, 'nobody'), coalesce(assignee, 'Nobody'), count(*)
        FROM item WHERE ${passing('assignee')} GROUP BY 2, 3
      UNION ALL ${stepCounts('score', SCORE_CHOICES, (bits) => sql`score >= ${bits * 1000}::int`)}
      UNION ALL ${stepCounts('first', FIRST_SEEN_CHOICES, (days) => isFirstSeenWithin(sql`${days}::int`, sql`first_at`))}
      UNION ALL SELECT 'below', '', '', count(*) FROM item WHERE ${passing('below')} AND NOT m_below
      ORDER BY 1, 4 DESC, 2`
}

function toFacets(found: readonly FacetRow[]): Pick<Queue, 'facets' | 'below'> {
  const all: DeviationFacets = {}
  for (const { facet, value, label, count } of found) {
    const values = all[facet] ?? []
    all[facet] = values
    values.push({
      value,
      label: facet === 'reason' ? reasonWords(value, label || undefined) : label || value,
      count,
    })
  }
  const { below = [], ...facets } = all
  return { facets, below: below[0]?.count ?? 0 }
}

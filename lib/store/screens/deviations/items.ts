import type { Scope } from '@/lib/pipeline/actor'
import { THRESHOLD_SQL } from '@/lib/store/calibration'
import { SIGNATURES_OF_ITEMS, titleInWords } from '@/lib/store/deviations'
import { inScope } from '@/lib/store/scope'
import { dataSpan } from '@/lib/store/screens/data-window'
import { containing } from '@/lib/store/screens/like'
import { empty, join, raw, type Sql, sql } from '@/lib/store/sql'
import { type DeviationFilter, NOBODY } from './filter'
import { isSettled } from './hits-by-item'

/** The filters that an item can fail; each has its column `m_…` in `item`. */
export const FILTER_NAMES = [
  'state',
  'binary',
  'technique',
  'reason',
  'group',
  'host',
  'assignee',
  'score',
  'first',
  'period',
  'below',
] as const
export type FilterName = (typeof FILTER_NAMES)[number]

/**
 * `WITH …, item AS (…)`: every triage item that shows on a host in scope, with its hits summed up and whether it passes each filter.
 * Items that a ruling explains have no hits any more: their numbers come from `usage`, their score is null. `again`: it was explained,
 * but some use of it still deviates (another host, parent or time), and those scores are not waiting to be computed.
 * `among`: `AND …` over an item's id, where only some are to be looked at.
 */
export function itemsWith(scope: Scope, filter: DeviationFilter, among: (id: Sql) => Sql = () => empty): Sql {
  return sql`WITH span AS (${dataSpan(scope)}), ${hits(scope, filter, among(sql`deviation_id`))}, ${explained(scope, filter, among(sql`d.id`))}, item AS MATERIALIZED (
    SELECT d.*, ${titleInWords(sql`d`)} AS title_in_words, c.slug, c.name AS binary_name, c.attack, a.name AS assignee, top.reasons,
      hit.score, n.hosts, n.executions, n.first_at, n.last_at, n.host_names, n.group_names, x.again,
      ${matches(filter)}
    FROM deviation d
    JOIN catalogue_entry c ON c.id = d.entry_id
    LEFT JOIN hit ON hit.deviation_id = d.id
    LEFT JOIN top ON top.deviation_id = d.id
    LEFT JOIN explained ON explained.deviation_id = d.id
    LEFT JOIN account a ON a.id = d.assignee_id
    CROSS JOIN LATERAL (SELECT
      coalesce(hit.hosts, explained.hosts) AS hosts, coalesce(hit.executions, explained.executions) AS executions,
      coalesce(hit.first_at, explained.first_at) AS first_at, coalesce(hit.last_at, explained.last_at) AS last_at,
      coalesce(hit.host_names, explained.host_names) AS host_names, coalesce(hit.group_names, explained.group_names) AS group_names ${periodPlaces(filter)}) n
    CROSS JOIN LATERAL (SELECT d.state IN ('expected', 'authorised-test') AND coalesce(hit.settled, false) AS again) x
    WHERE (hit.deviation_id IS NOT NULL OR explained.deviation_id IS NOT NULL) ${among(sql`d.id`)})`
}

function periodPlaces({ period }: DeviationFilter): Sql {
  if (!asksForPeriod(period)) return empty
  const of = (name: string) =>
    sql`CASE WHEN hit.deviation_id IS NULL THEN explained.${raw(name)} ELSE hit.${raw(name)} END AS ${raw(name)}`
  return sql`, ${of('period_hosts')}, ${of('period_groups')}`
}

const GROUP_OF = sql`LEFT JOIN host_group_member m ON m.host_id = h.id AND m.valid_to IS NULL LEFT JOIN host_group g ON g.id = m.group_id`

/** `AND …` over a hit: what it is of has the text in its title, its binary or a host in sight. Nothing else is shown or counted. */
function searched(scope: Scope, q: string): Sql {
  if (q === '') return empty
  const text = containing(q)
  return sql`AND deviation_id IN (SELECT d.id FROM deviation d JOIN catalogue_entry c ON c.id = d.entry_id
    WHERE d.title ILIKE ${text} OR c.slug ILIKE ${text} OR d.id IN (
      SELECT t.deviation_id FROM deviation_hit t JOIN host k ON k.id = t.host_id WHERE k.name ILIKE ${text} ${inScope(scope, sql`t.host_id`)}))`
}

function hits(scope: Scope, { period, q }: DeviationFilter, among: Sql): Sql {
  return sql`visible AS (SELECT * FROM deviation_hit WHERE true ${among} ${inScope(scope, sql`host_id`)} ${searched(scope, q)}),
    hit AS (
      SELECT v.deviation_id, max(v.score_millibits) AS score, count(DISTINCT v.host_id) AS hosts, sum(v.executions) AS executions,
        min(v.first_at) AS first_at, max(v.last_at) AS last_at, array_agg(DISTINCT h.name) AS host_names,
        array_agg(DISTINCT g.name) FILTER (WHERE g.name IS NOT NULL) AS group_names,
        bool_or(${isSettled(sql`v`)}) AS settled ${placesIn(period, sql`v.day`)}
      FROM visible v JOIN host h ON h.id = v.host_id ${GROUP_OF} LEFT JOIN host_work w ON w.host_id = v.host_id
      GROUP BY v.deviation_id),
    top AS (
      SELECT DISTINCT ON (deviation_id) deviation_id, reasons FROM visible
      ORDER BY deviation_id, score_millibits DESC, first_at, host_id)`
}

function explained(scope: Scope, { period }: DeviationFilter, among: Sql): Sql {
  return sql`explained AS (
    SELECT d.id AS deviation_id, count(DISTINCT u.host_id) AS hosts, sum(u.executions) AS executions, min(u.first_at) AS first_at,
      max(u.last_at) AS last_at, array_agg(DISTINCT h.name) AS host_names,
      array_agg(DISTINCT g.name) FILTER (WHERE g.name IS NOT NULL) AS group_names ${placesIn(period, sql`u.day`)}
    FROM deviation d JOIN ${SIGNATURES_OF_ITEMS} JOIN usage u ON u.signature_id = s.id JOIN host h ON h.id = u.host_id ${GROUP_OF}
    WHERE d.touched ${among} AND NOT EXISTS (SELECT FROM deviation_hit o WHERE o.deviation_id = d.id ${inScope(scope, sql`o.host_id`)})
      ${inScope(scope, sql`u.host_id`)}
    GROUP BY d.id)`
}

/** Names of the hosts and groups where it was seen in a period: what is asked of a host and a period is that it was seen there then. */
function placesIn(period: DeviationFilter['period'], day: Sql): Sql {
  if (!asksForPeriod(period)) return empty
  const then = isIn(period, day)
  return sql`, array_agg(DISTINCT h.name) FILTER (WHERE ${then}) AS period_hosts,
    array_agg(DISTINCT g.name) FILTER (WHERE g.name IS NOT NULL AND ${then}) AS period_groups`
}

function asksForPeriod({ from, to, lastDays }: DeviationFilter['period']): boolean {
  return from !== null || to !== null || lastDays !== null
}

function isIn({ from, to, lastDays }: DeviationFilter['period'], day: Sql): Sql {
  if (lastDays !== null) return sql`${day} > (SELECT span.to FROM span) - ${lastDays}::int`
  return sql`(true ${from === null ? empty : sql`AND ${day} >= ${from}::date`} ${to === null ? empty : sql`AND ${day} <= ${to}::date`})`
}

/** Of the last days of data in sight, as reports count them: what is imported later than it happened is new as well. */
export function isFirstSeenWithin(days: Sql, firstAt: Sql): Sql {
  return sql`${firstAt} >= (SELECT (span.to + 1)::timestamp AT TIME ZONE 'UTC' FROM span) - ${days} * interval '1 day'`
}

/** `condition` where something is asked for, else true. */
function asked(chosen: readonly string[], condition: (values: Sql) => Sql): Sql {
  return chosen.length === 0 ? sql`true` : sql`coalesce(${condition(sql`${[...chosen]}::text[]`)}, false)`
}

function matches(filter: DeviationFilter): Sql {
  const { states, assignees, minScoreMillibits, below, q } = filter
  const hasPeriod = asksForPeriod(filter.period)
  const columns: Record<FilterName | 'q', Sql> = {
    // what was explained and is seen again waits for somebody, as what is open
    state: asked(states, (values) => sql`CASE WHEN x.again THEN 'open' ELSE d.state END = ANY(${values})`),
    binary: asked(filter.binaries, (values) => sql`c.slug = ANY(${values})`),
    technique: asked(filter.techniques, (values) => sql`c.attack && ${values}`),
    reason: asked(
      filter.reasons,
      (values) =>
        sql`EXISTS (SELECT FROM jsonb_array_elements(top.reasons) r WHERE r->>'code' = ANY(${values}))`,
    ),
    group: asked(
      filter.groups,
      (values) => sql`${hasPeriod ? sql`n.period_groups` : sql`n.group_names`} && ${values}`,
    ),
    host: asked(
      filter.hosts,
      (values) => sql`${hasPeriod ? sql`n.period_hosts` : sql`n.host_names`} && ${values}`,
    ),
    assignee: asked(assignees, (values) => sql`coalesce(d.assignee_id::text, ${NOBODY}) = ANY(${values})`),
    // what somebody took up is shown whatever it scores
    below: below
      ? sql`true`
      : sql`((d.state <> 'open' AND NOT x.again) OR d.assignee_id IS NOT NULL OR coalesce(hit.score >= ${THRESHOLD_SQL}, true))`,
    score: minScoreMillibits === 0 ? sql`true` : sql`coalesce(hit.score >= ${minScoreMillibits}, false)`,
    first:
      filter.firstSeenDays === null
        ? sql`true`
        : sql`coalesce(${isFirstSeenWithin(sql`${filter.firstSeenDays}::float`, sql`n.first_at`)}, false)`,
    period: hasPeriod ? sql`n.period_hosts IS NOT NULL` : sql`true`,
    q:
      q === ''
        ? sql`true`
        : sql`(d.title ILIKE ${containing(q)} OR c.slug ILIKE ${containing(q)}
            OR EXISTS (SELECT FROM unnest(n.host_names) AS host(name) WHERE host.name ILIKE ${containing(q)}))`,
  }
  return sql`${columns.state} AS m_state, ${columns.binary} AS m_binary, ${columns.technique} AS m_technique,
    ${columns.reason} AS m_reason, ${columns.group} AS m_group, ${columns.host} AS m_host, ${columns.assignee} AS m_assignee,
    ${columns.score} AS m_score, ${columns.first} AS m_first, ${columns.period} AS m_period, ${columns.below} AS m_below, ${columns.q} AS m_q`
}

const MATCH: Record<FilterName, Sql> = {
  state: sql`AND m_state`,
  binary: sql`AND m_binary`,
  technique: sql`AND m_technique`,
  reason: sql`AND m_reason`,
  group: sql`AND m_group`,
  host: sql`AND m_host`,
  assignee: sql`AND m_assignee`,
  score: sql`AND m_score`,
  first: sql`AND m_first`,
  period: sql`AND m_period`,
  below: sql`AND m_below`,
}

/** `m_q AND …`: items that pass every filter, or every one but the facet's own. */
export function passing(except: FilterName | null): Sql {
  const kept = FILTER_NAMES.map((name) => (name === except ? empty : MATCH[name]))
  return sql`m_q ${join(kept, ' ')}`
}

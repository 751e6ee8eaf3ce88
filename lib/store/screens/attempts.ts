import type { Scope } from '@/lib/pipeline/actor'
import { LIVE_STATES } from '@/lib/pipeline/decision/states'
import { CONTROLS, type Control, OUTCOMES, type Outcome } from '@/lib/pipeline/event/event'
import { asrRulesNamed, RULE_NAME } from '@/lib/store/asr-rule-name'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, join, rows, type Sql, sql } from '@/lib/store/sql'
import { speaksOf } from './decision/sight'
import { readExecutionKey, writeExecutionKey } from './executions/search'
import { containing } from './like'
import { readDays, toDay } from './moment'
import { principalsNamed } from './principals-named'
import { parseTableRequest, type SearchParams, type TableRequest } from './table-request'
import { beyond, byTime } from './time-order'

/** Names of the filters in the URL of the attempts page and its export. */
export const ATTEMPT_FILTERS = [
  'host',
  'control',
  'outcome',
  'binary',
  'decision',
  'days',
  'from',
  'to',
] as const

/** What a control said of one file that was about to run. */
export type AttemptRow = {
  /** Unique; also the cursor of the page after. */
  key: string
  hostId: number
  host: string
  occurredAtUs: number
  control: Control
  outcome: Outcome
  /** The proxy binary in question; null = none. */
  slug: string | null
  filePath: string
  commandLine: string | null
  /** Where a connection was to lead. */
  destination: string | null
  rule: string | null
  policy: string | null
  user: string | null
  parentImage: string | null
  signer: string | null
  sourceFile: string
  /** Of `decisionOf`; null = none. */
  decisionId: number | null
}

type Row = Omit<AttemptRow, 'key' | 'control' | 'outcome'> & { id: string; control: number; outcome: number }

/** Reads the attempts page's URL. */
export function parseAttemptRequest(params: SearchParams): TableRequest<'time'> {
  return parseTableRequest(params, { sorts: ['time'], defaultSort: 'time', filters: ATTEMPT_FILTERS })
}

/** FROM and WHERE of the attempts in scope that a request asks for; the CSV export asks for the same, and joins more. */
export async function attemptsWith(
  scope: Scope,
  request: Pick<TableRequest, 'q' | 'filters'>,
  joined: Sql = empty,
): Promise<Sql> {
  const { filters } = request
  const entries = await entriesOf(filters['binary'])
  const hosts = filters['host']?.map((name) => name.toLowerCase())
  return sql`FROM attempt a JOIN host h ON h.id = a.host_id JOIN import_file f ON f.id = a.import_file_id
    LEFT JOIN catalogue_entry c ON c.id = a.entry_id ${joined}
    WHERE true ${inScope(scope, sql`a.host_id`)} ${inTime(scope, filters)} ${entries === null ? empty : sql`AND a.entry_id = ANY(${entries}::int[])`}
      ${oneOf(CONTROLS, filters['control'], sql`a.control`)} ${oneOf(OUTCOMES, filters['outcome'], sql`a.outcome`)}
      ${hosts === undefined ? empty : sql`AND a.host_id IN (SELECT host_id FROM host_alias WHERE alias = ANY(${hosts}::text[]))`}
      ${await tiedTo(scope, filters['decision'])} ${searched(request.q)}`
}

const CONTROL_NAMES = sql`${[...CONTROLS]}::text[]`

/**
 * The id of the decision that what `a` says of a binary, a control and a host belongs to: the one that is carried out by this control on this host, else the
 * newest that is in audit or asked for.
 */
function decisionOf(a: Sql): Sql {
  return sql`(SELECT d.id FROM decision d
    WHERE d.entry_id = ${a}.entry_id AND d.control = (${CONTROL_NAMES})[${a}.control + 1] AND d.state = ANY(${[...LIVE_STATES]}::text[])
      AND ${speaksOf(sql`${a}.host_id`)}
    ORDER BY d.state IN ('enforced', 'emergency') DESC, d.state = 'approved' DESC, d.id DESC LIMIT 1)`
}

/** The id of the decision that attempt `a` belongs to. */
export const DECISION_OF = decisionOf(sql`a`)

/**
 * `AND …` that keeps to the attempts of these decisions. Which hosts are theirs is asked beforehand, once of every host and not of every attempt; and so the
 * planner knows how many attempts they have.
 */
async function tiedTo(scope: Scope, ids: readonly string[] | undefined): Promise<Sql> {
  if (ids === undefined) return empty
  const tied = await rows<{ entry_id: number; control: number; host_ids: number[] }>(
    pool(),
    sql`SELECT t.entry_id, t.control, array_agg(t.host_id) AS host_ids FROM (
          SELECT h.id AS host_id, d.entry_id, array_position(${CONTROL_NAMES}, d.control) - 1 AS control, d.id
          FROM decision d CROSS JOIN host h WHERE d.id = ANY(${idsIn(ids)}::int[]) ${inScope(scope, sql`h.id`)}) t
        WHERE ${decisionOf(sql`t`)} = t.id GROUP BY t.entry_id, t.control`,
  )
  const each = tied.map(
    ({ entry_id, control, host_ids }) =>
      sql`(a.entry_id = ${entry_id}::int AND a.control = ${control}::smallint AND a.host_id = ANY(${host_ids}::int[]))`,
  )
  return sql`AND (${join(each.length === 0 ? [sql`false`] : each, ' OR ')})`
}

function idsIn(texts: readonly string[]): number[] {
  return texts.filter((text) => /^\d{1,9}$/.test(text)).map(Number)
}

function oneOf(names: readonly string[], chosen: readonly string[] | undefined, column: Sql): Sql {
  const indexes = chosen?.map((name) => names.indexOf(name))
  return indexes === undefined ? empty : sql`AND ${column} = ANY(${indexes}::smallint[])`
}

function searched(q: string): Sql {
  if (q === '') return empty
  const text = containing(q)
  return sql`AND (a.file_path ILIKE ${text} OR a.command_line ILIKE ${text} OR a.destination ILIKE ${text} OR a.rule_name ILIKE ${text}
    OR a.rule_id ILIKE ${text} OR a.rule_id = ANY(${asrRulesNamed(q)}::text[]) OR a.policy_name ILIKE ${text} OR a.policy_id ILIKE ${text} OR a.principal_id IN (${principalsNamed([q])}) OR h.name ILIKE ${text})`
}

/** First and last day of the period: given by hand, else the last ones up to the newest attempt that is counted; null = open. */
function periodOf(scope: Scope, filters: TableRequest['filters']): { from: Sql | null; to: Sql | null } {
  const from = toDay(filters['from']?.[0])
  const to = toDay(filters['to']?.[0])
  const days = readDays(filters['days']?.[0])
  if (from === null && to === null && days !== null)
    return {
      from: sql`coalesce((SELECT max(l.day) - ${days - 1}::int FROM attempt_day l WHERE true ${inScope(scope, sql`l.host_id`)}), '-infinity')`,
      to: null,
    }
  const toDate = (day: string | null) => (day === null ? null : sql`${day}::date`)
  return { from: toDate(from), to: toDate(to) }
}

function inTime(scope: Scope, filters: TableRequest['filters']): Sql {
  const { from, to } = periodOf(scope, filters)
  return sql`${from === null ? empty : sql`AND a.occurred_at >= (${from})::timestamp AT TIME ZONE 'UTC'`}
    ${to === null ? empty : sql`AND a.occurred_at < (${to} + 1)::timestamp AT TIME ZONE 'UTC'`}`
}

/** Attempts that match, in the order asked for. `next`: the cursor of the page after; null = this is the last. */
export async function listAttempts(
  scope: Scope,
  request: TableRequest,
): Promise<{ rows: AttemptRow[]; next: string | null }> {
  const after = readExecutionKey(request.after)
  const found = await rows<Row>(
    pool(),
    sql`SELECT a.host_id AS "hostId", h.name AS host, a.occurred_at AS "occurredAtUs", a.id, a.control, a.outcome, c.slug,
          a.file_path AS "filePath", a.command_line AS "commandLine", a.destination, coalesce(${RULE_NAME}, a.rule_id) AS rule,
          coalesce(a.policy_name, a.policy_id) AS policy, (SELECT who.name FROM person who WHERE who.id = a.principal_id) AS user, a.parent_image AS "parentImage", a.signer,
          f.path AS "sourceFile", ${DECISION_OF} AS "decisionId"
        ${await attemptsWith(scope, request)} ${beyond(request.descending, after, sql`a.`)}
        ORDER BY ${byTime(request.descending, sql`a.`)} LIMIT ${request.pageSize + 1}`,
  )
  const shown = found.slice(0, request.pageSize).map(({ id, control, outcome, ...row }) => ({
    ...row,
    key: writeExecutionKey({ ...row, id }),
    control: CONTROLS[control] ?? 'applocker',
    outcome: OUTCOMES[outcome] ?? 'allowed',
  }))
  return { rows: shown, next: found.length > request.pageSize ? (shown.at(-1)?.key ?? null) : null }
}

/** Ids of binaries by their names, beforehand: so the planner knows how many attempts they have, and whether to go through the newest of all or through theirs. */
async function entriesOf(slugs: readonly string[] | undefined): Promise<number[] | null> {
  if (slugs === undefined) return null
  const entries = await rows<{ id: number }>(
    pool(),
    sql`SELECT id FROM catalogue_entry WHERE slug = ANY(${[...slugs]}::text[])`,
  )
  return entries.map(({ id }) => id)
}

/** Of each kind, those with the most attempts. */
const MAX_VALUES = 50

type Facet = 'control' | 'outcome' | 'host' | 'binary'
export type AttemptFacets = Record<Facet, { value: string; count: number }[]>

/** Which controls said what, of which hosts and binaries, over the attempts of the period in scope that the worker has counted; most first. */
export async function countAttemptFacets(
  scope: Scope,
  { filters }: Pick<TableRequest, 'filters'>,
): Promise<AttemptFacets> {
  const { from, to } = periodOf(scope, filters)
  const found = await rows<{ facet: Facet; value: string | null; count: string }>(
    pool(),
    sql`SELECT * FROM (
          SELECT CASE WHEN n.control IS NOT NULL THEN 'control' WHEN n.outcome IS NOT NULL THEN 'outcome' WHEN n.host_id IS NOT NULL THEN 'host'
              ELSE 'binary' END AS facet,
            coalesce((${CONTROL_NAMES})[n.control + 1], (${[...OUTCOMES]}::text[])[n.outcome + 1], h.name, c.slug) AS value, n.count
          FROM (
            SELECT control, outcome, host_id, entry_id, sum(attempts) AS count FROM attempt_day WHERE true ${inScope(scope, sql`host_id`)}
              ${from === null ? empty : sql`AND day >= ${from}`} ${to === null ? empty : sql`AND day <= ${to}`}
            GROUP BY GROUPING SETS ((control), (outcome), (host_id), (entry_id))) n
          LEFT JOIN host h ON h.id = n.host_id LEFT JOIN catalogue_entry c ON c.id = n.entry_id) named
        WHERE value IS NOT NULL ORDER BY count DESC, value`,
  )
  const of = (kind: Facet) =>
    found
      .flatMap(({ facet, value, count }) => (facet === kind && value ? { value, count: Number(count) } : []))
      .slice(0, MAX_VALUES)
  return { control: of('control'), outcome: of('outcome'), host: of('host'), binary: of('binary') }
}

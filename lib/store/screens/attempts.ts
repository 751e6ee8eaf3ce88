import type { Scope } from '@/lib/pipeline/actor'
import { LIVE_STATES } from '@/lib/pipeline/decision/states'
import { CONTROLS, type Control, OUTCOMES, type Outcome } from '@/lib/pipeline/event/event'
import { asrRulesNamed, RULE_NAME } from '@/lib/store/asr-rule-name'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { empty, rows, type Sql, sql } from '@/lib/store/sql'
import { speaksOf } from './decision/sight'
import { readExecutionKey, writeExecutionKey } from './executions/search'
import { containing } from './like'
import { readDays, toDay } from './moment'
import { principalsNamed } from './principals-named'
import { matching, parseTableRequest, type SearchParams, type TableRequest } from './table-request'
import { beyond, byTime } from './time-order'

/** Names of the filters in the URL of the attempts page and its export. */
export const ATTEMPT_FILTERS = ['host', 'control', 'outcome', 'binary', 'days', 'from', 'to'] as const

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

/** FROM and WHERE of the attempts in scope that a request asks for; the CSV export asks for the same. */
export function attemptsWith(scope: Scope, request: Pick<TableRequest, 'q' | 'filters'>): Sql {
  const { filters } = request
  const hosts = filters['host']?.map((name) => name.toLowerCase())
  return sql`FROM attempt a JOIN host h ON h.id = a.host_id JOIN import_file f ON f.id = a.import_file_id
    LEFT JOIN catalogue_entry c ON c.id = a.entry_id LEFT JOIN principal p ON p.id = a.principal_id
    WHERE true ${inScope(scope, sql`a.host_id`)} ${inTime(scope, filters)} ${matching(request, 'binary', sql`c.slug`)}
      ${oneOf(CONTROLS, filters['control'], sql`a.control`)} ${oneOf(OUTCOMES, filters['outcome'], sql`a.outcome`)}
      ${hosts === undefined ? empty : sql`AND a.host_id IN (SELECT host_id FROM host_alias WHERE alias = ANY(${hosts}::text[]))`}
      ${searched(request.q)}`
}

/**
 * The id of the decision that attempt `a` belongs to: the one on this binary that is carried out by this control on this host, else the newest that is in audit or
 * asked for.
 */
export const DECISION_OF = sql`(SELECT d.id FROM decision d
  WHERE d.entry_id = a.entry_id AND d.control = (${[...CONTROLS]}::text[])[a.control + 1] AND d.state = ANY(${[...LIVE_STATES]}::text[])
    AND ${speaksOf(sql`a.host_id`)}
  ORDER BY d.state IN ('enforced', 'emergency') DESC, d.state = 'approved' DESC, d.id DESC LIMIT 1)`

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

/** Days given by hand, else the last ones up to the newest attempt that is counted, else any time. */
function inTime(scope: Scope, filters: TableRequest['filters']): Sql {
  const from = toDay(filters['from']?.[0])
  const to = toDay(filters['to']?.[0])
  const days = readDays(filters['days']?.[0])
  const at = sql`a.occurred_at`
  if (from === null && to === null && days !== null)
    return sql`AND ${at} >= coalesce((SELECT (max(n.day) - ${days - 1}::int)::timestamp AT TIME ZONE 'UTC'
      FROM attempt_day n WHERE true ${inScope(scope, sql`n.host_id`)}), '-infinity')`
  return sql`${from === null ? empty : sql`AND ${at} >= ${from}::date::timestamp AT TIME ZONE 'UTC'`}
    ${to === null ? empty : sql`AND ${at} < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`}`
}

/** Attempts that match, in the order asked for. `next`: the cursor of the page after; null = this is the last. */
export async function listAttempts(
  scope: Scope,
  request: TableRequest,
): Promise<{ rows: AttemptRow[]; next: string | null }> {
  const after = readExecutionKey(request.after)
  const entries = await entriesOf(request.filters['binary'])
  const found = await rows<Row>(
    pool(),
    sql`SELECT a.host_id AS "hostId", h.name AS host, a.occurred_at AS "occurredAtUs", a.id, a.control, a.outcome, c.slug,
          a.file_path AS "filePath", a.command_line AS "commandLine", a.destination, coalesce(${RULE_NAME}, a.rule_id) AS rule,
          coalesce(a.policy_name, a.policy_id) AS policy, (SELECT who.name FROM person who WHERE who.id = a.principal_id) AS user, a.parent_image AS "parentImage", a.signer,
          f.path AS "sourceFile", ${DECISION_OF} AS "decisionId"
        ${attemptsWith(scope, request)} ${entries === null ? empty : sql`AND a.entry_id = ANY(${entries}::int[])`} ${beyond(request.descending, after, sql`a.`)}
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

/** The hosts with the most attempts, most first. */
const MAX_HOSTS = 50

export type AttemptFacets = Record<'control' | 'outcome' | 'host', { value: string; count: number }[]>

/** Which controls said what, and of which hosts, over all attempts in scope that the worker has counted; most first. */
export async function countAttemptFacets(scope: Scope): Promise<AttemptFacets> {
  const found = await rows<{
    control: number | null
    outcome: number | null
    host: string | null
    count: string
  }>(
    pool(),
    sql`SELECT n.control, n.outcome, h.name AS host, n.count FROM (
          SELECT control, outcome, host_id, sum(attempts) AS count FROM attempt_day WHERE true ${inScope(scope, sql`host_id`)}
          GROUP BY GROUPING SETS ((control), (outcome), (host_id))) n
        LEFT JOIN host h ON h.id = n.host_id ORDER BY n.count DESC, h.name`,
  )
  const facets: AttemptFacets = { control: [], outcome: [], host: [] }
  for (const { control, outcome, host, count } of found) {
    const kind = control !== null ? 'control' : outcome !== null ? 'outcome' : 'host'
    const value = host ?? CONTROLS[control ?? -1] ?? OUTCOMES[outcome ?? -1]
    if (value !== undefined && facets[kind].length < MAX_HOSTS)
      facets[kind].push({ value, count: Number(count) })
  }
  return facets
}

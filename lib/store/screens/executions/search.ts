import type { Scope } from '@/lib/pipeline/actor'
import { SENSORS, type Sensor } from '@/lib/pipeline/event/event'
import { itemOfUse } from '@/lib/store/deviations'
import { PARTNER_REACH } from '@/lib/store/partner-reach'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { beyond, byTime, type TimeKey } from '@/lib/store/screens/time-order'
import { findRow, plannedRows, rows, type Sql, sql } from '@/lib/store/sql'
import { isUseOf } from '@/lib/store/use-of-execution'
import { looksAtRecords, type NamedFilter, type ResolvedFilter, recordConditions } from './conditions'
import { isInt8 } from './filter'
import { inOrder, rowsOnTrail } from './look-through'

/** One process found, as the record that matched says it and its other records complete it. */
export type ExecutionRow = {
  hostId: number
  occurredAtUs: number
  id: string
  host: string
  slug: string
  binary: string
  sensor: Sensor
  image: string
  commandLine: string | null
  parentImage: string | null
  user: string | null
  /** null = not computed yet. */
  scoreMillibits: number | null
  pattern: string | null
  triage: { deviationId: string; state: string } | null
  sourceFile: string
}

/** Where a page of executions ends: the key of its last row. */
export type ExecutionKey = TimeKey

export function writeExecutionKey({ hostId, occurredAtUs, id }: ExecutionKey): string {
  return `${hostId}.${occurredAtUs}.${id}`
}

/** The key a URL names; null where it names none. */
export function readExecutionKey(text: string | null | undefined): ExecutionKey | null {
  const match = /^(\d{1,9})\.(-?\d{1,16})\.(-?\d{1,19})$/.exec(text ?? '')
  const [, host = '', at = '', id = ''] = match ?? []
  const occurredAtUs = Number(at)
  if (!match || !isInt8(id) || !Number.isSafeInteger(occurredAtUs)) return null
  return { hostId: Number(host), occurredAtUs, id }
}

/** A record that stands for a process, and the process's anchor. */
type Key = { host_id: number; occurred_at: number; id: string; anchor_at: number; anchor_id: string }

type Row = {
  host_id: number
  occurred_at: number
  id: string
  host: string
  slug: string
  binary: string
  sensor: number
  image: string
  command_line: string | null
  parent_image: string | null
  user_name: string | null
  score_millibits: number | null
  pattern: string | null
  deviation_id: string | null
  deviation_state: string | null
  source_file: string
}

/** `next`: where to go on. `lookedThrough`: so many were looked through without finding a page's worth, and there are more. */
export type ExecutionPage = { rows: ExecutionRow[]; next: ExecutionKey | null; lookedThrough: number | null }

/** Executions that match, in the order asked for; `after` is the last row of the page before. */
export async function searchExecutions(
  scope: Scope,
  filter: ResolvedFilter,
  { after, pageSize }: { after: ExecutionKey | null; pageSize: number },
): Promise<ExecutionPage> {
  const { trail, limits } = filter
  const read = (asked: ResolvedFilter, limit: number) => {
    const keys = matchingKeys(scope, asked, after, rowsOnTrail(asked, after, limit))
    return rows<Key>(pool(), sql`${keys} ${inOrder(asked, sql`e.`)} LIMIT ${pageSize + 1}`)
  }
  // what is frequent turns up among the first few, whatever it is
  const first: ResolvedFilter = { ...filter, trail: { kind: 'everything' } }
  let found = trail.kind === 'all' ? [] : await read(first, limits.first)
  if (found.length <= pageSize) found = await read(filter, limits.looked)
  const keys = found.slice(0, pageSize)
  const shown = await loadDetails(keys, filter.newestFirst)
  const last = keys.at(-1)
  if (found.length > pageSize && last !== undefined)
    return {
      rows: shown,
      next: { hostId: last.host_id, occurredAtUs: last.occurred_at, id: last.id },
      lookedThrough: null,
    }
  const next = trail.kind === 'all' ? null : await findEnd(filter, after)
  return { rows: shown, next, lookedThrough: next === null ? null : limits.looked }
}

/** The last of what was looked through, where that was as much as may be. */
function findEnd(filter: ResolvedFilter, after: ExecutionKey | null): Promise<ExecutionKey | null> {
  const { looked } = filter.limits
  return findRow<ExecutionKey>(
    pool(),
    sql`SELECT e.host_id AS "hostId", e.occurred_at AS "occurredAtUs", e.id FROM ${rowsOnTrail(filter, after, looked)} e
        ${inOrder(filter, sql`e.`)} OFFSET ${looked - 1} LIMIT 1`,
  )
}

/** Keys of one record for each process that matches (`among` these rows): the anchor, or a record that matches where the anchor does not. */
export function matchingKeys(scope: Scope, filter: NamedFilter, after: ExecutionKey | null, among: Sql): Sql {
  return sql`SELECT e.host_id, e.occurred_at, e.id, e.anchor_at, e.anchor_id FROM ${among} e
    WHERE ${isMatch(scope, filter)} ${beyond(filter.newestFirst, after, sql`e.`)}`
}

/** Whether a row `e` stands for a process that matches. */
export function isMatch(scope: Scope, filter: NamedFilter): Sql {
  return sql`true ${inScope(scope, sql`e.host_id`)} ${recordConditions(filter, 'e')} ${onceAProcess(filter)}`
}

function onceAProcess(filter: NamedFilter): Sql {
  if (!looksAtRecords(filter)) return sql`AND e.anchor_id = e.id`
  // OFFSET 0 keeps the planner from making a list of all anchors that match, of which few are asked for
  return sql`AND (e.anchor_id = e.id OR NOT EXISTS (
    SELECT FROM execution_with_texts a WHERE a.host_id = e.host_id AND a.occurred_at = e.anchor_at AND a.id = e.anchor_id ${recordConditions(filter, 'a')} OFFSET 0))`
}

/** Everything a list says of the executions whose keys are given. */
async function loadDetails(keys: readonly Key[], newestFirst: boolean): Promise<ExecutionRow[]> {
  if (keys.length === 0) return []
  return (await plannedRows<Row>(pool(), detailsOf(keys, newestFirst))).map(toExecutionRow)
}

/** Of the anchor `a`; the limit has it planned apart, which takes a third off the planning of all. */
const detailsOfUse: Sql = sql`SELECT u.score_millibits, p.pattern, d.id AS deviation_id, d.state AS deviation_state
  FROM usage u JOIN signature s ON s.id = u.signature_id LEFT JOIN pattern p ON p.id = s.pattern_id
  LEFT JOIN LATERAL (${itemOfUse(sql`u`)}) d ON true
  WHERE ${isUseOf(sql`u`, sql`a`)} LIMIT 1`

function detailsOf(keys: readonly Key[], newestFirst: boolean): Sql {
  const times = (of: (key: Key) => number) => keys.map((key) => toTimestamp(of(key)))
  return sql`WITH page AS MATERIALIZED (
      SELECT * FROM unnest(${keys.map(({ host_id }) => host_id)}::int[], ${times((key) => key.occurred_at)}::timestamptz[],
        ${keys.map(({ id }) => id)}::bigint[], ${times((key) => key.anchor_at)}::timestamptz[], ${keys.map((key) => key.anchor_id)}::bigint[])
        AS k(host_id, occurred_at, id, anchor_at, anchor_id))
    SELECT e.host_id, e.occurred_at, e.id, h.name AS host, c.slug, c.name AS binary, e.sensor, i.path AS image,
      coalesce(e.command_line, a.command_line, other.command_line) AS command_line,
      coalesce(e.parent_image, a.parent_image, other.parent_image) AS parent_image,
      who.name AS user_name, used.score_millibits, used.pattern, used.deviation_id, used.deviation_state, f.path AS source_file
    FROM page
    JOIN execution_with_texts e ON e.host_id = page.host_id AND e.occurred_at = page.occurred_at AND e.id = page.id
    JOIN execution_with_texts a ON a.host_id = page.host_id AND a.occurred_at = page.anchor_at AND a.id = page.anchor_id
    JOIN host h ON h.id = e.host_id
    JOIN catalogue_entry c ON c.id = e.entry_id
    JOIN image i ON i.id = e.image_id
    JOIN import_file f ON f.id = e.import_file_id
    LEFT JOIN LATERAL (
      SELECT max(o.command_line) AS command_line, max(o.parent_image) AS parent_image, max(o.principal_id) AS principal_id
      FROM execution_with_texts o WHERE (a.command_text_id IS NULL OR a.parent_image IS NULL OR a.principal_id IS NULL)
        AND o.host_id = a.host_id AND o.pid = a.pid AND o.anchor_id = a.id
        AND o.occurred_at BETWEEN a.occurred_at - ${PARTNER_REACH} AND a.occurred_at + ${PARTNER_REACH}) other ON true
    LEFT JOIN person who ON who.id = coalesce(e.principal_id, a.principal_id, other.principal_id)
    LEFT JOIN LATERAL (${detailsOfUse}) used ON true
    ORDER BY ${byTime(newestFirst, sql`e.`)}`
}

function toExecutionRow(row: Row): ExecutionRow {
  return {
    hostId: row.host_id,
    occurredAtUs: row.occurred_at,
    id: row.id,
    host: row.host,
    slug: row.slug,
    binary: row.binary,
    sensor: SENSORS[row.sensor] ?? 'sysmon',
    image: row.image,
    commandLine: row.command_line,
    parentImage: row.parent_image,
    user: row.user_name,
    scoreMillibits: row.score_millibits,
    pattern: row.pattern,
    triage:
      row.deviation_id === null || row.deviation_state === null
        ? null
        : { deviationId: row.deviation_id, state: row.deviation_state },
    sourceFile: row.source_file,
  }
}

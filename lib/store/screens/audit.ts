import type { Json } from '@/lib/pipeline/decision/audit-content'
import { pool } from '@/lib/store/pool'
import { empty, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { containing } from './like'
import { toDay } from './moment'
import { matching, parseTableRequest, type SearchParams, type TableRequest } from './table-request'

/** Names of the filters in the URL of the audit log and its export. */
export const AUDIT_FILTERS = ['actor', 'action', 'subject', 'id', 'from', 'to'] as const

/** One thing that somebody did. */
export type AuditRow = {
  id: string
  /** Microseconds since 1970. */
  at: number
  actorKind: 'account' | 'key' | 'system'
  actor: string
  action: string
  subjectKind: string
  subjectId: string
  detail: Json
}

type Row = {
  id: string
  at: number
  actor_kind: AuditRow['actorKind']
  actor_name: string
  action: string
  subject_kind: string
  subject_id: string
  detail: Json
}

/** Reads the audit log's URL. */
export function parseAuditRequest(params: SearchParams): TableRequest<'time'> {
  return parseTableRequest(params, { sorts: ['time'], defaultSort: 'time', filters: AUDIT_FILTERS })
}

const CURSOR = /^\d{1,18}$/

/** `AND …` over audit_entry: what a request asks for; the CSV export asks for the same. */
export function auditFilter(request: Pick<TableRequest, 'q' | 'filters'>): Sql {
  const { q, filters } = request
  const from = toDay(filters['from']?.[0])
  const to = toDay(filters['to']?.[0])
  return sql`${matching(request, 'actor', sql`actor_name`)} ${matching(request, 'action', sql`action`)}
    ${matching(request, 'subject', sql`subject_kind`)} ${matching(request, 'id', sql`subject_id`)}
    ${from === null ? empty : sql`AND at >= ${from}::date::timestamp AT TIME ZONE 'UTC'`}
    ${to === null ? empty : sql`AND at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'`}
    ${q === '' ? empty : sql`AND (detail::text ILIKE ${containing(q)} OR subject_id ILIKE ${containing(q)} OR actor_name ILIKE ${containing(q)})`}`
}

/** Entries that match, in the order asked for. `next`: the cursor of the page after; null = this is the last. */
export async function listAuditEntries(
  request: TableRequest,
): Promise<{ rows: AuditRow[]; next: string | null }> {
  const { after, pageSize, descending } = request
  const isBehind = raw(descending ? '<' : '>')
  const found = await rows<Row>(
    pool(),
    sql`SELECT id, at, actor_kind, actor_name, action, subject_kind, subject_id, detail FROM audit_entry WHERE true
        ${auditFilter(request)}
        ${after !== null && CURSOR.test(after) ? sql`AND id ${isBehind} ${after}::bigint` : empty}
        ORDER BY id ${raw(descending ? 'DESC' : 'ASC')} LIMIT ${pageSize + 1}`,
  )
  const shown = found.slice(0, pageSize)
  return {
    rows: shown.map(({ actor_kind, actor_name, subject_kind, subject_id, ...rest }) => ({
      ...rest,
      actorKind: actor_kind,
      actor: actor_name,
      subjectKind: subject_kind,
      subjectId: subject_id,
    })),
    next: found.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
  }
}

export type AuditFacet = { value: string; count: number }
export type AuditFacets = { actor: AuditFacet[]; action: AuditFacet[]; subject: AuditFacet[] }

/** Who did what to which kind of thing, over the whole log, most first. */
export async function countAuditFacets(): Promise<AuditFacets> {
  const found = await rows<{ facet: keyof AuditFacets; value: string; count: string }>(
    pool(),
    sql`SELECT 'actor' AS facet, actor_name AS value, count(*) AS count FROM audit_entry GROUP BY 2
        UNION ALL SELECT 'action', action, count(*) FROM audit_entry GROUP BY 2
        UNION ALL SELECT 'subject', subject_kind, count(*) FROM audit_entry GROUP BY 2
        ORDER BY 3 DESC, 2`,
  )
  const facets: AuditFacets = { actor: [], action: [], subject: [] }
  for (const { facet, value, count } of found) facets[facet].push({ value, count: Number(count) })
  return facets
}

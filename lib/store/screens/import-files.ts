import { TAKEN_BACK } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { containing } from '@/lib/store/screens/like'
import { empty, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { type ImportViewer, visibleTo } from './imports'
import {
  limitOffset,
  matching,
  orderBy,
  parseTableRequest,
  type SearchParams,
  type TableRequest,
} from './table-request'

export const FILE_SORTS = ['path', 'records', 'executions', 'rejected'] as const
export type FileSort = (typeof FILE_SORTS)[number]
export const FILE_FILTERS = ['state'] as const
/** What a file can be, as its row and the filter say it. */
export const FILE_STATES: readonly string[] = [
  'running',
  'paused',
  'interrupted',
  'done',
  'unread',
  'rejected',
  'failed',
  'cancelled',
  'taking-back',
  'taken-back',
]
export const REJECTION_FILTERS = ['file'] as const
const INT4_MAX = 2_147_483_647

/** One file of an upload, or one member of an archive. Times in µs. */
export type FileRow = {
  id: number
  path: string
  format: string | null
  state: string
  /** One of FILE_STATES: one of which every record was rejected is not done, to people. */
  shownState: string
  /** What it brought is gone with its import, or goes: there is nothing to lead to. */
  takenBack: boolean
  error: string | null
  records: number
  /** Events read, by kind. */
  eventsByKind: Record<string, number>
  /** Of the kinds that are stored beside creations: new ones, and those that were there. */
  eventsKept: Record<string, number>
  eventsDuplicate: Record<string, number>
  processes: number
  processesDuplicate: number
  executions: number
  executionsDuplicate: number
  rejected: number
  /** Damaged places, listed among the rejected records; no records. */
  damaged: number
  /** Of the rejected records: those that name no host. */
  hostless: number
  firstAtUs: number | null
  lastAtUs: number | null
}

/** `commonReason`: of its rejected records, the most frequent one. */
export type ExplainedFile = FileRow & { commonReason: string | null }

/** A record that could not be read. */
export type RejectionRow = {
  fileId: number
  path: string
  position: number
  recordId: string | null
  reason: string
}

type Row = {
  id: number
  path: string
  format: string | null
  state: string
  shown_state: string
  taken_back: boolean
  error: string | null
  records: number
  events_by_kind: Record<string, number>
  events_kept: Record<string, number>
  events_duplicate: Record<string, number>
  processes: number
  processes_duplicate: number
  executions: number
  executions_duplicate: number
  rejected: number
  damaged: number
  hostless: number
  first_at: number | null
  last_at: number | null
}

// what an upload's end left unread was cut short with it
const STATE = sql`CASE WHEN ${TAKEN_BACK} AND f.state <> 'rejected' THEN u.state WHEN f.state = 'running' AND u.state IN ('paused', 'interrupted', 'failed', 'cancelled') THEN u.state ELSE f.state END`
const SHOWN_STATE = sql`CASE WHEN f.state = 'done' AND NOT ${TAKEN_BACK} AND f.rejected + f.damaged > 0 AND f.rejected >= f.records THEN 'unread' ELSE ${STATE} END`
const ORDER: Record<FileSort, Sql> = {
  path: sql`f.path`,
  records: sql`f.records`,
  executions: sql`f.executions`,
  rejected: sql`f.rejected`,
}

/** What became of each file of an upload. */
export async function listUploadFiles(
  viewer: ImportViewer,
  uploadId: string,
  request: TableRequest<FileSort>,
): Promise<{ rows: FileRow[]; total: number }> {
  const from = sql`FROM import_file f JOIN upload u ON u.id = f.upload_id
    WHERE u.id = ${uploadId}::uuid ${visibleTo(viewer)} ${matching(request, 'state', SHOWN_STATE)}
      ${request.q === '' ? empty : sql`AND f.path ILIKE ${containing(request.q)}`}`
  const [found, counted] = await Promise.all([
    rows<Row>(
      pool(),
      sql`SELECT f.id, f.path, f.format, ${STATE} AS state, ${SHOWN_STATE} AS shown_state, ${TAKEN_BACK} AS taken_back, f.error, f.records, f.events_by_kind, f.events_kept, f.events_duplicate, f.processes, f.processes_duplicate,
            f.executions, f.executions_duplicate, f.rejected, f.damaged, f.hostless, f.first_at, f.last_at
          ${from} ${orderBy(request, ORDER, sql`f.id`)} ${limitOffset(request)}`,
    ),
    findRow<{ total: string }>(pool(), sql`SELECT count(*) AS total ${from}`),
  ])
  return { rows: found.map(toFileRow), total: Number(counted?.total ?? 0) }
}

/** The same, each with the reason for which most of its records were rejected, or what is damaged in it. */
export async function explainUploadFiles(
  ...asked: Parameters<typeof listUploadFiles>
): Promise<{ rows: ExplainedFile[]; total: number }> {
  const files = await listUploadFiles(...asked)
  const rejecting = files.rows.filter(({ rejected, damaged }) => rejected + damaged > 0).map(({ id }) => id)
  // of the first ones: a file of reasons is not gone through for a page
  const found = await rows<{ id: number; reason: string }>(
    pool(),
    sql`SELECT f.id, mode() WITHIN GROUP (ORDER BY r.reason) AS reason FROM unnest(${rejecting}::int[]) AS f(id),
          LATERAL (SELECT reason FROM rejection WHERE import_file_id = f.id ORDER BY position LIMIT 1000) r GROUP BY f.id`,
  )
  const reasons = new Map(found.map(({ id, reason }) => [id, reason]))
  return {
    ...files,
    rows: files.rows.map((file) => ({ ...file, commonReason: reasons.get(file.id) ?? null })),
  }
}

/** The records of an upload that could not be read, by file and position. */
export async function listRejections(
  viewer: ImportViewer,
  uploadId: string,
  request: TableRequest,
): Promise<{ rows: RejectionRow[]; total: number }> {
  const from = sql`FROM rejection r JOIN import_file f ON f.id = r.import_file_id JOIN upload u ON u.id = f.upload_id
    WHERE u.id = ${uploadId}::uuid ${visibleTo(viewer)} ${rejectionFilter(request)}`
  const [found, counted] = await Promise.all([
    rows<RejectionRow>(
      pool(),
      sql`SELECT f.id AS "fileId", f.path, r.position, r.record_id AS "recordId", r.reason ${from}
          ORDER BY f.path, f.id, r.position ${limitOffset(request)}`,
    ),
    findRow<{ total: string }>(pool(), sql`SELECT count(*) AS total ${from}`),
  ])
  return { rows: found, total: Number(counted?.total ?? 0) }
}

/** `AND …` over file `f` and rejection `r`: what a request leaves in; its CSV asks for the same. */
export function rejectionFilter({ q, filters }: Pick<TableRequest, 'q' | 'filters'>): Sql {
  const fileIds = (filters['file'] ?? [])
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0 && id <= INT4_MAX)
  return sql`${fileIds.length === 0 ? empty : sql`AND f.id = ANY(${fileIds}::int[])`}
    ${q === '' ? empty : sql`AND r.reason ILIKE ${containing(q)}`}`
}

/** Reads the URL of the page of rejected records, and of its CSV. */
export function parseRejectionRequest(params: SearchParams): TableRequest<'path'> {
  return parseTableRequest(params, {
    sorts: ['path'],
    defaultSort: 'path',
    filters: [...REJECTION_FILTERS],
  })
}

function toFileRow(row: Row): FileRow {
  return {
    id: row.id,
    path: row.path,
    format: row.format,
    state: row.state,
    shownState: row.shown_state,
    takenBack: row.taken_back,
    error: row.error,
    records: row.records,
    eventsByKind: row.events_by_kind,
    eventsKept: row.events_kept,
    eventsDuplicate: row.events_duplicate,
    processes: row.processes,
    processesDuplicate: row.processes_duplicate,
    executions: row.executions,
    executionsDuplicate: row.executions_duplicate,
    rejected: row.rejected,
    damaged: row.damaged,
    hostless: row.hostless,
    firstAtUs: row.first_at,
    lastAtUs: row.last_at,
  }
}

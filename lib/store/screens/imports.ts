import { type Actor, actorIdOf, type Scope } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { SaidOrder } from '@/lib/pipeline/parse/date-order'
import type { UploadChannel, UploadState } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { containing } from '@/lib/store/screens/like'
import { empty, findRow, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { keptUntil } from '@/lib/store/upload-chunks'
import { limitOffset, matching, orderBy, type TableRequest } from './table-request'

/** Who looks: files and rejections can name any host, so an account of some groups sees only what it uploaded itself, and so does a key that reads nothing. */
export type ImportViewer = { scope: Scope; actorId: string | null }

const NO_HOSTS: Scope = { kind: 'groups', groupIds: [] }

export function importViewer(actor: Actor): ImportViewer {
  return { scope: actorMay(actor, 'view') ? actor.scope : NO_HOSTS, actorId: actorIdOf(actor) }
}

export const UPLOAD_SORTS = ['created', 'name', 'size', 'executions', 'rejected'] as const
export type UploadSort = (typeof UPLOAD_SORTS)[number]
export const UPLOAD_FILTERS = ['state', 'channel'] as const

/** rejected: no file could be read; unread: files were, and every record of them was rejected. */
type ShownState = UploadState | 'rejected' | 'unread'

/** One upload with the sums of its files. Times in µs. */
export type UploadRow = {
  id: string
  channel: UploadChannel
  name: string
  state: UploadState
  shownState: ShownState
  error: string | null
  sizeBytes: number | null
  receivedBytes: number
  readBytes: number
  hostOverride: string | null
  dateOrder: SaidOrder | null
  actorName: string
  createdAtUs: number
  startedAtUs: number | null
  finishedAtUs: number | null
  files: number
  filesRejected: number
  records: number
  processes: number
  executions: number
  executionsDuplicate: number
  rejected: number
  /** Damaged places in its files, listed among the rejected records; no records. */
  damaged: number
  /** Of the rejected records: those that name no host. */
  hostless: number
  /** Whether it can be read again: its bytes are still there. */
  kept: boolean
  /** Until when they are kept at most, once it was taken back; null = it is not read to its end. */
  keptUntilUs: number | null
}

type Row = {
  id: string
  channel: UploadChannel
  name: string
  state: UploadState
  shown_state: ShownState
  error: string | null
  size_bytes: string | null
  received_bytes: string
  read_bytes: string
  host_override: string | null
  date_order: SaidOrder | null
  actor_name: string
  created_at: number
  started_at: number | null
  finished_at: number | null
  files: string
  files_rejected: string
  records: string
  processes: string
  executions: string
  executions_duplicate: string
  rejected: string
  damaged: string
  hostless: string
  kept: boolean
}

/** Of `upload u` the state as people are told it: one that was gone through, though nothing of it could be read, is not done. */
export const SHOWN_STATE = sql`CASE WHEN u.state = 'done' AND EXISTS (SELECT FROM import_file i WHERE i.upload_id = u.id)
    AND NOT EXISTS (SELECT FROM import_file i WHERE i.upload_id = u.id AND i.state <> 'rejected') THEN 'rejected'
  WHEN u.state = 'done' AND (SELECT sum(i.rejected + i.damaged) > 0 AND sum(i.rejected) >= sum(i.records) FROM import_file i WHERE i.upload_id = u.id) THEN 'unread'
  ELSE u.state END`

/** `AND …` over `upload u`: what a request of the imports page leaves in; its CSV asks for the same. */
export function uploadFilter(viewer: ImportViewer, request: Pick<TableRequest, 'q' | 'filters'>): Sql {
  return sql`${visibleTo(viewer)} ${matching(request, 'state', SHOWN_STATE)} ${matching(request, 'channel', sql`u.channel`)}
    ${request.q === '' ? empty : sql`AND u.name ILIKE ${containing(request.q)}`}`
}

/** Uploads `u` with the sums of their files `f`. */
export const SUMMED_FILES = sql`upload u CROSS JOIN LATERAL (
    SELECT count(*) AS files, count(*) FILTER (WHERE state = 'rejected') AS files_rejected,
      coalesce(sum(records), 0) AS records, coalesce(sum(processes), 0) AS processes, coalesce(sum(executions), 0) AS executions,
      coalesce(sum(executions_duplicate), 0) AS executions_duplicate, coalesce(sum(rejected), 0) AS rejected, coalesce(sum(damaged), 0) AS damaged, coalesce(sum(hostless), 0) AS hostless
    FROM import_file WHERE upload_id = u.id) f`

const COLUMNS = sql`u.id, u.channel, u.name, u.state, ${SHOWN_STATE} AS shown_state, u.error, u.size_bytes, u.received_bytes, u.read_bytes, u.host_override,
    u.date_order, u.actor_name, u.created_at, u.started_at, u.finished_at, f.*, EXISTS (SELECT FROM upload_chunk c WHERE c.upload_id = u.id) AS kept`

const ORDER: Record<UploadSort, Sql> = {
  created: sql`u.created_at`,
  name: sql`lower(u.name)`,
  size: sql`coalesce(u.size_bytes, u.received_bytes)`,
  executions: sql`f.executions`,
  // as its cell counts: files only where no record was
  rejected: sql`ROW(f.rejected, f.files_rejected)`,
}

/** Uploads of every channel that match the request. */
export async function listUploads(
  viewer: ImportViewer,
  request: TableRequest<UploadSort>,
): Promise<{ rows: UploadRow[]; total: number }> {
  const found = uploadFilter(viewer, request)
  const [listed, counted] = await Promise.all([
    rows<Row>(
      pool(),
      sql`SELECT ${COLUMNS} FROM ${SUMMED_FILES} WHERE true ${found} ${orderBy(request, ORDER, sql`u.id`)} ${limitOffset(request)}`,
    ),
    findRow<{ total: string }>(pool(), sql`SELECT count(*) AS total FROM upload u WHERE true ${found}`),
  ])
  return { rows: listed.map(toUploadRow), total: Number(counted?.total ?? 0) }
}

export type UploadDetail = UploadRow & {
  /** Records that it told again of imports that were taken back, which went with them. */
  lost: number
  /** Of its files together; see FileRow. */
  eventsByKind: Record<string, number>
  eventsKept: Record<string, number>
  eventsDuplicate: Record<string, number>
}

/** For one upload: there may be millions of overlaps, of which its own are looked up. */
const LOST = sql`(SELECT coalesce(sum(o.records), 0) FROM import_overlap o
    WHERE o.file_id = ANY(ARRAY(SELECT id FROM import_file WHERE upload_id = u.id)) AND u.state <> 'taken-back'
      AND o.of_file_id = ANY(ARRAY(SELECT t.id FROM upload b JOIN import_file t ON t.upload_id = b.id WHERE b.state = 'taken-back')))`

/** Numbers by kind of the files of an upload, together. `column` is one of import_file. */
function byKind(column: 'events_by_kind' | 'events_kept' | 'events_duplicate'): Sql {
  return sql`(SELECT coalesce(jsonb_object_agg(kind, n), '{}') FROM (
      SELECT k.key AS kind, sum(k.value::bigint) AS n FROM import_file i, jsonb_each_text(i.${raw(column)}) k WHERE i.upload_id = u.id GROUP BY k.key) AS kinds)`
}

/** One upload; null when there is none or the viewer may not see it. `id` is a UUID. */
export async function findUpload(viewer: ImportViewer, id: string): Promise<UploadDetail | null> {
  const found = await findRow<Row & Omit<UploadDetail, keyof UploadRow | 'lost'> & { lost: string }>(
    pool(),
    sql`SELECT ${COLUMNS}, ${LOST} AS lost, ${byKind('events_by_kind')} AS "eventsByKind", ${byKind('events_kept')} AS "eventsKept",
          ${byKind('events_duplicate')} AS "eventsDuplicate" FROM ${SUMMED_FILES} WHERE u.id = ${id}::uuid ${visibleTo(viewer)}`,
  )
  if (!found) return null
  const { lost, eventsByKind, eventsKept, eventsDuplicate } = found
  return { ...toUploadRow(found), lost: Number(lost), eventsByKind, eventsKept, eventsDuplicate }
}

/** `AND …` over `upload u`. */
export function visibleTo({ scope, actorId }: ImportViewer): Sql {
  return scope.kind === 'all' ? empty : sql`AND u.actor_id = ${actorId}::uuid`
}

function toUploadRow(row: Row): UploadRow {
  return {
    id: row.id,
    channel: row.channel,
    name: row.name,
    state: row.state,
    shownState: row.shown_state,
    error: row.error,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    receivedBytes: Number(row.received_bytes),
    readBytes: Number(row.read_bytes),
    hostOverride: row.host_override,
    dateOrder: row.date_order,
    actorName: row.actor_name,
    createdAtUs: row.created_at,
    startedAtUs: row.started_at,
    finishedAtUs: row.finished_at,
    files: Number(row.files),
    filesRejected: Number(row.files_rejected),
    records: Number(row.records),
    processes: Number(row.processes),
    executions: Number(row.executions),
    executionsDuplicate: Number(row.executions_duplicate),
    rejected: Number(row.rejected),
    damaged: Number(row.damaged),
    hostless: Number(row.hostless),
    kept: row.kept,
    keptUntilUs: keptUntil(row.finished_at),
  }
}

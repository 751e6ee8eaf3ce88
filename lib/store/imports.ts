import type pg from 'pg'
import { type Actor, actorIdOf, type Scope } from '@/lib/pipeline/actor'
import type { SaidOrder } from '@/lib/pipeline/parse/date-order'
import { storableText } from '@/lib/pipeline/storable-text'
import { indexableText } from './indexable-text'
import { type Db, execute, findRow, rows, type Sql, sql } from './sql'

export const UPLOAD_CHANNELS = ['browser', 'api', 'command-line', 'shipper', 'demo'] as const
export type UploadChannel = (typeof UPLOAD_CHANNELS)[number]
export type UploadState =
  | 'receiving'
  | 'queued'
  | 'running'
  | 'paused'
  | 'interrupted'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'taking-back'
  | 'taken-back'
/** What of it has arrived. */
export type UploadRef = { id: string; receivedBytes: number }

export type NewUpload = {
  channel: UploadChannel
  name: string
  sizeBytes: number | null
  state: UploadState
  hostOverride: string | null
  /** Of dates that do not show it themselves. */
  dateOrder?: SaidOrder | null
  actorName: string
  /** The account or key; left out = nobody's. */
  actorId?: string | null
  /** By which its sender finds it again. */
  fingerprint?: string
}

export async function createUpload(db: Db, upload: NewUpload): Promise<string> {
  const created = await findRow<{ id: string }>(
    db,
    sql`INSERT INTO upload (channel, name, size_bytes, state, host_override, date_order, actor_name, actor_id, fingerprint)
        VALUES (${upload.channel}, ${upload.name}, ${upload.sizeBytes}, ${upload.state}, ${upload.hostOverride}, ${upload.dateOrder ?? null},
          ${upload.actorName}, ${upload.actorId ?? null}::uuid, ${upload.fingerprint ?? null})
        RETURNING id`,
  )
  if (!created) throw new Error('an upload was not created')
  return created.id
}

/** An upload of this sender. `id` is a UUID. */
export async function findOwnUpload(
  db: Db,
  id: string,
  sender: Actor,
): Promise<{ state: UploadState; sizeBytes: number | null; receivedBytes: number } | null> {
  const found = await findRow<{ state: UploadState; size_bytes: string | null; received_bytes: string }>(
    db,
    sql`SELECT state, size_bytes, received_bytes FROM upload WHERE id = ${id}::uuid AND actor_id IS NOT DISTINCT FROM ${actorIdOf(sender)}::uuid
          AND channel IN ('browser', 'api')`,
  )
  return (
    found && {
      state: found.state,
      sizeBytes: found.size_bytes === null ? null : Number(found.size_bytes),
      receivedBytes: Number(found.received_bytes),
    }
  )
}

/** Names of a channel's uploads in a state. */
export async function findUploads(db: Db, channel: UploadChannel, state: UploadState): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`SELECT name FROM upload WHERE channel = ${channel} AND state = ${state}`,
  )
  return found.map(({ name }) => name)
}

/** Whether an upload `u` is being or was taken back. */
export const TAKEN_BACK: Sql = sql`u.state IN ('taking-back', 'taken-back')`

/** `id` is a UUID; null = there is none. */
export async function findUploadState(db: Db, id: string): Promise<UploadState | null> {
  const found = await findRow<{ state: UploadState }>(
    db,
    sql`SELECT state FROM upload WHERE id = ${id}::uuid`,
  )
  return found?.state ?? null
}

/** Moves an upload on, unless it is no longer in one of the states it may move from. */
export async function moveUpload(
  db: Db,
  id: string,
  from: readonly UploadState[],
  to: UploadState,
  error: string | null = null,
): Promise<boolean> {
  const moved = await execute(
    db,
    sql`UPDATE upload SET state = ${to}, error = ${error},
          started_at = CASE WHEN ${to} = 'running' THEN coalesce(started_at, now()) ELSE started_at END,
          finished_at = CASE WHEN ${to} IN ('done', 'failed', 'cancelled') THEN now() END
        WHERE id = ${id}::uuid AND state = ANY(${[...from]}::text[])`,
  )
  return moved === 1
}

export type QueuedUpload = {
  id: string
  name: string
  receivedBytes: number
  hostOverride: string | null
  dateOrder: SaidOrder | null
}

/** Uploads that wait to be read, or whose reader died. */
export async function listUnreadUploads(db: Db): Promise<QueuedUpload[]> {
  const found = await rows<{
    id: string
    name: string
    received_bytes: string
    host_override: string | null
    date_order: SaidOrder | null
  }>(
    db,
    sql`SELECT id, name, received_bytes, host_override, date_order FROM upload
        WHERE channel IN ('browser', 'api') AND state IN ('queued', 'running') ORDER BY created_at`,
  )
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    receivedBytes: Number(row.received_bytes),
    hostOverride: row.host_override,
    dateOrder: row.date_order,
  }))
}

/** Notes how far the reader got; answers the upload's state: somebody may have paused or cancelled it. */
export async function recordReadBytes(db: Db, uploadId: string, bytes: number): Promise<UploadState> {
  const noted = await findRow<{ state: UploadState }>(
    db,
    sql`UPDATE upload SET read_bytes = greatest(read_bytes, ${Math.round(bytes)}) WHERE id = ${uploadId}::uuid RETURNING state`,
  )
  return noted?.state ?? 'cancelled'
}

/** An unfinished import of the command line by what it reads; null when there is none. */
export async function findUnfinishedCommand(db: Db, fingerprint: string): Promise<string | null> {
  const found = await findRow<{ id: string }>(
    db,
    sql`SELECT id FROM upload WHERE channel = 'command-line' AND fingerprint = ${fingerprint}
          AND state IN ('running', 'paused', 'interrupted') ORDER BY created_at DESC LIMIT 1`,
  )
  return found?.id ?? null
}

/** Imports of the command line that say they run; their process may be gone. */
export async function listRunningCommands(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`SELECT id FROM upload WHERE channel = 'command-line' AND state IN ('running', 'paused')`,
  )
  return found.map(({ id }) => id)
}

export type ImportFileRef = { id: number; checkpoint: number; finished: boolean }

/** The row of a file or archive member; an interrupted import finds its checkpoint here. */
export async function openImportFile(
  db: Db,
  uploadId: string,
  path: string,
  format: string,
): Promise<ImportFileRef> {
  const found = await findRow<{ id: number; checkpoint: number; state: string }>(
    db,
    sql`INSERT INTO import_file (upload_id, path, format) VALUES (${uploadId}::uuid, ${indexableText(storableText(path))}, ${format})
        ON CONFLICT (upload_id, path) DO UPDATE SET format = excluded.format RETURNING id, checkpoint, state`,
  )
  if (!found) throw new Error('an import file was not opened')
  return { id: found.id, checkpoint: found.checkpoint, finished: found.state !== 'running' }
}

/** In place of a format: what was stored before, matched again. Nobody imported it. */
export const REMATCHED = 'process'

const MAX_ERROR = 2000

export async function closeImportFile(
  db: Db,
  id: number,
  state: 'done' | 'rejected',
  error: string | null,
): Promise<void> {
  await execute(
    db,
    sql`UPDATE import_file SET state = ${state}, error = ${error && storableText(error.slice(0, MAX_ERROR))} WHERE id = ${id}`,
  )
}

export type ImportFileSummary = {
  id: number
  path: string
  format: string | null
  state: string
  error: string | null
  records: number
  eventsByKind: Record<string, number>
  /** Of the kinds that are stored beside creations. */
  eventsKept: Record<string, number>
  eventsDuplicate: Record<string, number>
  processes: number
  processesDuplicate: number
  executions: number
  executionsDuplicate: number
  rejected: number
  /** Damaged places, told among the rejections; no records. */
  damaged: number
  rejections: { position: number; reason: string }[]
}

const REJECTIONS_SHOWN = 5

/** What became of each file of an upload, with its first rejections. */
export async function summariseFiles(db: Db, _scope: Scope, uploadId: string): Promise<ImportFileSummary[]> {
  type Renamed =
    | 'eventsByKind'
    | 'eventsKept'
    | 'eventsDuplicate'
    | 'processesDuplicate'
    | 'executionsDuplicate'
  type Row = Omit<ImportFileSummary, Renamed> & {
    events_by_kind: Record<string, number>
    events_kept: Record<string, number>
    events_duplicate: Record<string, number>
    processes_duplicate: number
    executions_duplicate: number
  }
  const found = await rows<Row>(
    db,
    sql`SELECT f.id, f.path, f.format, f.state, f.error, f.records, f.events_by_kind, f.events_kept, f.events_duplicate, f.processes, f.processes_duplicate,
          f.executions, f.executions_duplicate, f.rejected, f.damaged,
          coalesce((SELECT jsonb_agg(jsonb_build_object('position', r.position, 'reason', r.reason) ORDER BY r.position)
            FROM (SELECT position, reason FROM rejection WHERE import_file_id = f.id ORDER BY position LIMIT ${REJECTIONS_SHOWN}) r), '[]') AS rejections
        FROM import_file f WHERE f.upload_id = ${uploadId}::uuid ORDER BY f.id`,
  )
  return found.map(({ events_by_kind, events_kept, events_duplicate, ...renamed }) => {
    const { processes_duplicate, executions_duplicate, ...row } = renamed
    return {
      ...row,
      eventsByKind: events_by_kind,
      eventsKept: events_kept,
      eventsDuplicate: events_duplicate,
      processesDuplicate: processes_duplicate,
      executionsDuplicate: executions_duplicate,
    }
  })
}

/** Holds an upload while its reader lives; the database lets go when the reader dies. Null when another reader has it. */
export async function claimUpload(pool: pg.Pool, uploadId: string): Promise<(() => Promise<void>) | null> {
  const client = await pool.connect()
  const claimed = await findRow<{ ok: boolean }>(
    client,
    sql`SELECT pg_try_advisory_lock(hashtextextended(${uploadId}, 0)) AS ok`,
  )
  if (!claimed?.ok) {
    client.release()
    return null
  }
  return async () => {
    await execute(client, sql`SELECT pg_advisory_unlock(hashtextextended(${uploadId}, 0))`).catch(
      () => undefined,
    )
    client.release()
  }
}

import type pg from 'pg'
import type { Scope } from '@/lib/pipeline/actor'
import { hash64 } from '@/lib/pipeline/hash'
import { storableText } from '@/lib/pipeline/storable-text'
import { type Db, execute, findRow, rows, sql } from './sql'

export const UPLOAD_CHANNELS = ['browser', 'api', 'command-line', 'shipper', 'demo'] as const
export type UploadChannel = (typeof UPLOAD_CHANNELS)[number]
export type UploadState = 'receiving' | 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export type NewUpload = {
  channel: UploadChannel
  name: string
  sizeBytes: number | null
  state: UploadState
  hostOverride: string | null
  actorName: string
}

export async function createUpload(db: Db, upload: NewUpload): Promise<string> {
  const created = await findRow<{ id: string }>(
    db,
    sql`INSERT INTO upload (channel, name, size_bytes, state, host_override, actor_name)
        VALUES (${upload.channel}, ${upload.name}, ${upload.sizeBytes}, ${upload.state}, ${upload.hostOverride}, ${upload.actorName})
        RETURNING id`,
  )
  if (!created) throw new Error('an upload was not created')
  return created.id
}

/** The upload that stands for what a shipper sends in a day; it stays open. */
export async function openShipperUpload(db: Db, shipper: string, day: string): Promise<string> {
  const name = `${shipper} ${day}`
  const found = await findRow<{ id: string }>(
    db,
    sql`SELECT id FROM upload WHERE channel = 'shipper' AND name = ${name} AND actor_name = ${shipper} LIMIT 1`,
  )
  if (found) return found.id
  return createUpload(db, {
    channel: 'shipper',
    name,
    sizeBytes: null,
    state: 'running',
    hostOverride: null,
    actorName: shipper,
  })
}

/** Names of a channel's uploads in a state. */
export async function findUploads(db: Db, channel: UploadChannel, state: UploadState): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    sql`SELECT name FROM upload WHERE channel = ${channel} AND state = ${state}`,
  )
  return found.map(({ name }) => name)
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

/** Adds the next piece of an upload; its position makes a repeated piece harmless. */
export async function appendChunk(
  db: Db,
  uploadId: string,
  position: number,
  content: Uint8Array,
): Promise<void> {
  await execute(
    db,
    sql`WITH added AS (
          INSERT INTO upload_chunk (upload_id, position, content)
          VALUES (${uploadId}::uuid, ${position}, ${Buffer.from(content)}) ON CONFLICT DO NOTHING RETURNING octet_length(content) AS bytes)
        UPDATE upload SET received_bytes = received_bytes + coalesce((SELECT bytes FROM added), 0) WHERE id = ${uploadId}::uuid`,
  )
}

export async function findChunk(db: Db, uploadId: string, position: number): Promise<Buffer | null> {
  const chunk = await findRow<{ content: Buffer }>(
    db,
    sql`SELECT content FROM upload_chunk WHERE upload_id = ${uploadId}::uuid AND position = ${position}`,
  )
  return chunk?.content ?? null
}

export async function removeChunks(db: Db, uploadId: string): Promise<void> {
  await execute(db, sql`DELETE FROM upload_chunk WHERE upload_id = ${uploadId}::uuid`)
}

export type QueuedUpload = { id: string; name: string; receivedBytes: number; hostOverride: string | null }

/** Uploads that wait to be read, or whose reader died. */
export async function listUnreadUploads(db: Db): Promise<QueuedUpload[]> {
  const found = await rows<{
    id: string
    name: string
    received_bytes: string
    host_override: string | null
  }>(
    db,
    sql`SELECT id, name, received_bytes, host_override FROM upload
        WHERE channel IN ('browser', 'api') AND state IN ('queued', 'running') ORDER BY created_at`,
  )
  return found.map((row) => ({
    id: row.id,
    name: row.name,
    receivedBytes: Number(row.received_bytes),
    hostOverride: row.host_override,
  }))
}

/** Notes how far the reader got; answers whether the upload is still to be read (nobody cancelled it). */
export async function recordReadBytes(db: Db, uploadId: string, bytes: number): Promise<boolean> {
  const noted = await execute(
    db,
    sql`UPDATE upload SET read_bytes = greatest(read_bytes, ${bytes}) WHERE id = ${uploadId}::uuid AND state = 'running'`,
  )
  return noted === 1
}

/** Drops the bytes of uploads that nobody reads any more. */
export async function removeUnreadChunks(db: Db): Promise<void> {
  await execute(
    db,
    sql`DELETE FROM upload_chunk WHERE upload_id IN (SELECT id FROM upload WHERE state IN ('done', 'failed', 'cancelled'))`,
  )
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
    sql`INSERT INTO import_file (upload_id, path, format) VALUES (${uploadId}::uuid, ${storedPath(path)}, ${format})
        ON CONFLICT (upload_id, path) DO UPDATE SET format = excluded.format RETURNING id, checkpoint, state`,
  )
  if (!found) throw new Error('an import file was not opened')
  return { id: found.id, checkpoint: found.checkpoint, finished: found.state !== 'running' }
}

/** An index takes 2704 bytes. */
const MAX_PATH_BYTES = 2000
const PATH_END = 100

/** Names in archives are as long as their writer likes; a long one is shortened, and stays different from others. */
function storedPath(path: string): string {
  const text = storableText(path)
  if (Buffer.byteLength(text) <= MAX_PATH_BYTES) return text
  return storableText(`${text.slice(0, PATH_END * 3)} … ${hash64('path', text)} … ${text.slice(-PATH_END)}`)
}

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
  processes: number
  processesDuplicate: number
  executions: number
  executionsDuplicate: number
  rejected: number
  rejections: { position: number; reason: string }[]
}

const REJECTIONS_SHOWN = 5

/** What became of each file of an upload, with its first rejections. */
export async function summariseFiles(db: Db, _scope: Scope, uploadId: string): Promise<ImportFileSummary[]> {
  type Row = Omit<ImportFileSummary, 'eventsByKind' | 'processesDuplicate' | 'executionsDuplicate'> & {
    events_by_kind: Record<string, number>
    processes_duplicate: number
    executions_duplicate: number
  }
  const found = await rows<Row>(
    db,
    sql`SELECT f.id, f.path, f.format, f.state, f.error, f.records, f.events_by_kind, f.processes, f.processes_duplicate,
          f.executions, f.executions_duplicate, f.rejected,
          coalesce((SELECT jsonb_agg(jsonb_build_object('position', r.position, 'reason', r.reason) ORDER BY r.position)
            FROM (SELECT position, reason FROM rejection WHERE import_file_id = f.id ORDER BY position LIMIT ${REJECTIONS_SHOWN}) r), '[]') AS rejections
        FROM import_file f WHERE f.upload_id = ${uploadId}::uuid ORDER BY f.id`,
  )
  return found.map(({ events_by_kind, processes_duplicate, executions_duplicate, ...row }) => ({
    ...row,
    eventsByKind: events_by_kind,
    processesDuplicate: processes_duplicate,
    executionsDuplicate: executions_duplicate,
  }))
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

import type { SaidOrder } from '@/lib/pipeline/parse/date-order'
import { LOCKS } from './advisory-lock'
import { createUpload, type NewUpload, type UploadRef } from './imports'
import type { Pool } from './pool'
import { type Db, execute, findRow, type Sql, sql, transaction } from './sql'

/** Bytes of a piece but for an upload's last. */
export const CHUNK_BYTES = 1024 * 1024
/** Bytes of records without a host wait this long to be read again with one; a file that stopped arriving, to go on. */
export const KEPT_DAYS = 7
/** Bytes of what was read wait this long, in case it has to be taken back and read with other options: who chose the wrong ones sees it soon. */
const READ_KEPT_HOURS = 24
/** And no more of them than this, the newest first. */
const READ_KEPT_BYTES = 2 * 1024 ** 3

/** Until when the bytes of what was read are kept at most, in µs, by when its reading ended; null = that is not known. */
export function keptUntil(finishedAtUs: number | null): number | null {
  return finishedAtUs === null ? null : finishedAtUs + READ_KEPT_HOURS * 3_600_000_000
}

/**
 * Adds the next piece of an upload that is still arriving; its position makes a repeated piece harmless.
 * Answers the bytes received then; null when the upload is over, because somebody cancelled it.
 */
export async function appendChunk(
  db: Db,
  uploadId: string,
  position: number,
  content: Uint8Array,
): Promise<number | null> {
  const received = await findRow<{ received_bytes: string }>(
    db,
    sql`WITH arriving AS (SELECT id FROM upload WHERE id = ${uploadId}::uuid AND state = 'receiving' FOR UPDATE),
        added AS (
          INSERT INTO upload_chunk (upload_id, position, content)
          SELECT id, ${position}, ${Buffer.from(content)} FROM arriving ON CONFLICT DO NOTHING RETURNING octet_length(content) AS bytes)
        UPDATE upload SET received_bytes = received_bytes + coalesce((SELECT bytes FROM added), 0), received_at = now()
        WHERE id = (SELECT id FROM arriving) RETURNING received_bytes`,
  )
  return received && Number(received.received_bytes)
}

/** Adds an upload where all of it fits as well, or what there is of one of unknown size; null where it does not. One at a time: two would see the same room. */
export async function admitUpload(pool: Pool, upload: NewUpload, mostBytes: number): Promise<string | null> {
  return await transaction(pool, async (client) => {
    await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.uploads})`)
    const left = mostBytes - (await countTakenBytes(client))
    return left < (upload.sizeBytes ?? 1) ? null : await createUpload(client, upload)
  })
}

/** Minutes after which an upload of which nothing more arrives keeps room for no more than has arrived. Origin: longer than a browser, a proxy or a tired connection takes to try again. */
const SILENT_MINUTES = 60
const IS_SILENT = sql`(state = 'receiving' AND coalesce(received_at, created_at) < now() - ${SILENT_MINUTES} * interval '1 minute')`

/**
 * Keeps room free again for the rest of an upload that was silent, before anything more of it is taken in; false where it does not fit beside the others.
 * What was not silent has its room.
 */
export async function claimRoomAgain(pool: Pool, id: string, mostBytes: number): Promise<boolean> {
  if (!(await isSilent(pool, id))) return true
  return await transaction(pool, async (client) => {
    await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.uploads})`)
    const left = mostBytes - (await countTakenBytes(client))
    const claimed = await execute(
      client,
      sql`UPDATE upload SET received_at = now() WHERE id = ${id}::uuid AND ${IS_SILENT} AND size_bytes - received_bytes <= ${left}::bigint`,
    )
    return claimed > 0 || !(await isSilent(client, id))
  })
}

async function isSilent(db: Db, id: string): Promise<boolean> {
  return (await findRow(db, sql`SELECT 1 FROM upload WHERE id = ${id}::uuid AND ${IS_SILENT}`)) !== null
}

/** Bytes of uploads that nobody has read to their end: all that were announced, since what was admitted may arrive; of what is silent those that arrived. */
export async function countTakenBytes(db: Db): Promise<number> {
  const found = await findRow<{ bytes: string }>(
    db,
    sql`SELECT coalesce(sum(CASE WHEN ${IS_SILENT} THEN received_bytes ELSE greatest(received_bytes, size_bytes) END), 0) AS bytes FROM upload
        WHERE channel IN ('browser', 'api') AND state IN ('receiving', 'queued', 'running', 'paused')`,
  )
  return Number(found?.bytes ?? 0)
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

/** The statement that gives an upload's bytes to another one. */
export function handingOverChunks(from: string, to: string): Sql {
  return sql`UPDATE upload_chunk SET upload_id = ${to}::uuid WHERE upload_id = ${from}::uuid`
}

/** Drops the bytes of uploads that nobody reads any more, and gives up those that stopped arriving long ago. */
export async function removeUnreadChunks(db: Db): Promise<void> {
  await execute(
    db,
    sql`UPDATE upload SET state = 'failed', error = ${NEVER_ARRIVED}, finished_at = now()
        WHERE state = 'receiving' AND coalesce(received_at, created_at) < now() - ${KEPT_DAYS} * interval '1 day'`,
  )
  await execute(
    db,
    sql`DELETE FROM upload_chunk WHERE upload_id IN (
          SELECT u.id FROM upload u WHERE u.state IN ('done', 'failed', 'cancelled', 'taken-back')
            AND NOT (u.state = 'done' AND u.finished_at > now() - ${KEPT_DAYS} * interval '1 day'
              AND EXISTS (SELECT FROM import_file f WHERE f.upload_id = u.id AND f.hostless > 0))
            AND u.id NOT IN (SELECT id FROM (${READ_LATELY}) newest WHERE bytes <= ${READ_KEPT_BYTES}))`,
  )
}

/** What was read to its end, and how many bytes it has with all that was read after it. */
const READ_LATELY = sql`SELECT id, sum(received_bytes) OVER (ORDER BY finished_at DESC, id) AS bytes FROM upload
    WHERE channel IN ('browser', 'api') AND state IN ('done', 'taking-back', 'taken-back') AND finished_at > now() - ${READ_KEPT_HOURS} * interval '1 hour'`

const NEVER_ARRIVED =
  'It stopped arriving and was not taken up again for a week. Nothing of it was read: import it again.'

/** Takes up an upload that still arrives, by what its sender says of the file, with the host and the order of dates said now; null when there is none to go on with. */
export async function takeUpArriving(
  db: Db,
  upload: {
    actorId?: string | null
    name: string
    sizeBytes: number
    fingerprint: string
    hostOverride: string | null
    dateOrder?: SaidOrder | null
  },
): Promise<UploadRef | null> {
  const { actorId = null, name, sizeBytes, fingerprint, hostOverride, dateOrder = null } = upload
  const found = await findRow<{ id: string; received_bytes: string }>(
    db,
    sql`UPDATE upload SET host_override = ${hostOverride}, date_order = ${dateOrder} WHERE state = 'receiving' AND id = (
          SELECT id FROM upload
          WHERE state = 'receiving' AND actor_id IS NOT DISTINCT FROM ${actorId}::uuid AND name = ${name} AND size_bytes = ${sizeBytes}
            AND fingerprint = ${fingerprint} ORDER BY created_at DESC LIMIT 1)
        RETURNING id, received_bytes`,
  )
  return found && { id: found.id, receivedBytes: Number(found.received_bytes) }
}

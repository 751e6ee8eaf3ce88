import { ExpectedError } from '@/lib/errors'
import type { ParsedItem } from '@/lib/pipeline/event/raw-record'
import { needsData } from '@/lib/pipeline/normalise/record/to-event'
import { type DetectedFormat, unreadableReason } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { closeImportFile, openImportFile } from '@/lib/store/imports'
import { writeBatch } from '@/lib/store/ingest/write-batch'
import type { Pool } from '@/lib/store/pool'
import { keptFromUs } from '@/lib/store/retention'
import { Batch } from './batch'
import { type ByteSource, counted } from './byte-source'
import { type Member, openMembers } from './open-members'
import { OverlappedWriter } from './overlapped-writer'
import type { Recogniser } from './recogniser'

export type ImportContext = {
  pool: Pool
  uploadId: string
  recogniser: Recogniser
  /** Host for records that name none. */
  defaultHost: string | null
  /** Overrides what the content looks like. */
  format: DetectedFormat | null
  /** Bytes read of the source and records read of the current file. */
  onProgress?: (progress: { path: string; bytes: number; records: number }) => void
  /** Runs after each batch is committed. */
  afterBatch?: () => Promise<void>
  /** Stops between batches and files when it answers true. */
  isCancelled?: () => boolean
}

/**
 * Reads a source to its end: every archive member, every record, in batches that commit whole.
 * Goes on from its checkpoints when called again after an interruption. Bad files and records are recorded, not thrown.
 */
export async function importSource(context: ImportContext, source: ByteSource): Promise<void> {
  let bytes = 0
  const tracked: ByteSource = {
    ...source,
    stream: () => counted(source.stream(), (total) => (bytes = total)),
    // an archive with its index at the end is read here and there, each byte about once
    read: async (offset, length) => {
      const piece = await source.read(offset, length)
      bytes = Math.min(source.sizeBytes, bytes + piece.length)
      return piece
    },
  }
  const writer = new OverlappedWriter()
  try {
    for await (const member of openMembers(tracked)) {
      if (context.isCancelled?.()) return
      await importMember(context, member, writer, (records) =>
        context.onProgress?.({ path: member.path, bytes, records }),
      )
    }
  } catch (error) {
    if (writer.hasFailed || isFault(error)) throw error
    await rejectFile(context, source.path, 'unknown', damageReason(error))
  }
}

async function importMember(
  context: ImportContext,
  member: Member,
  writer: OverlappedWriter,
  onRecords: (records: number) => void,
): Promise<void> {
  const format = context.format ?? member.format
  const reason = unreadableReason(format)
  if (reason !== null) return rejectFile(context, member.path, format.kind, reason)
  const file = await openImportFile(context.pool, context.uploadId, member.path, format.kind)
  if (file.finished) return
  const batch = new Batch(file, context.recogniser, context.defaultHost, await keptFromUs(context.pool))
  try {
    for await (const item of parseFile(format, member.bytes, { wants: needsData })) {
      if (positionOf(item) <= file.checkpoint) continue
      batch.add(item)
      if (writer.isTimeToLook()) await writer.letGoOn()
      if (!batch.isFull()) continue
      onRecords(batch.recordsRead)
      await writer.settled()
      if (context.isCancelled?.()) return
      writer.begin(() => flush(context, batch))
    }
  } catch (error) {
    await writer.settled()
    if (isFault(error)) throw error
    batch.reject(damageReason(error))
  }
  await writer.settled()
  writer.begin(() => flush(context, batch))
  await writer.settled()
  onRecords(batch.recordsRead)
  await closeImportFile(context.pool, file.id, 'done', batch.problem)
}

async function flush({ pool, afterBatch }: ImportContext, batch: Batch): Promise<void> {
  const { creations, rest, receipt } = batch.take()
  await writeBatch(pool, creations, receipt, rest)
  await afterBatch?.()
}

/** Notes that nothing of a file could be read. */
export async function rejectFile(
  { pool, uploadId }: Pick<ImportContext, 'pool' | 'uploadId'>,
  path: string,
  format: string,
  reason: string,
): Promise<void> {
  const file = await openImportFile(pool, uploadId, path, format)
  if (!file.finished) await closeImportFile(pool, file.id, 'rejected', reason)
}

function positionOf(item: ParsedItem): number {
  return item.kind === 'record' ? item.record.position : item.rejection.position
}

/** A failure of ours or of the database, not of the file: it ends the import, which can be started again. */
function isFault(error: unknown): boolean {
  if (error instanceof ExpectedError) return true
  const code = (error as { code?: unknown } | null)?.code
  // zlib's codes start with Z_ and speak of the file; yauzl's and tar's errors carry none
  return typeof code === 'string' && !code.startsWith('Z_') && code !== 'ERR_STREAM_PREMATURE_CLOSE'
}

function damageReason(error: unknown): string {
  const detail = error instanceof Error ? error.message : String(error)
  return `damaged or cut off: ${detail}. What came before it was kept.`
}

import { atPosition, positionOf } from '@/lib/pipeline/event/raw-record'
import { needsData, ONLY_COUNTED } from '@/lib/pipeline/normalise/record/to-event'
import type { SaidOrder } from '@/lib/pipeline/parse/date-order'
import { type DetectedFormat, unreadableReason } from '@/lib/pipeline/parse/detect-format'
import { parseFile } from '@/lib/pipeline/parse/parse-file'
import { closeImportFile, type ImportFileRef, openImportFile } from '@/lib/store/imports'
import { storeBatch } from '@/lib/store/ingest/store-batch'
import type { Pool } from '@/lib/store/pool'
import { keptFromUs } from '@/lib/store/retention'
import { Batch } from './batch'
import { type ByteSource, counted } from './byte-source'
import { cutParts } from './cut-parts'
import { damageReason, isFault } from './damage'
import { importParts } from './import-parts'
import { type Member, openMembers } from './open-members'
import { OverlappedWriter } from './overlapped-writer'
import type { ReaderThreads } from './reader-threads'
import type { Recogniser } from './recogniser'

export type ImportContext = {
  pool: Pool
  uploadId: string
  recogniser: Recogniser
  /** Read large files of lines; without them all is read here. */
  threads?: ReaderThreads
  /** Host for records that name none. */
  defaultHost: string | null
  /** Of a table's dates; without it they have to show it themselves. */
  dateOrder?: SaidOrder | null
  /** Overrides what the content looks like. */
  format: DetectedFormat | null
  /** Bytes read of the source and records read of the current file. */
  onProgress?: (progress: { path: string; bytes: number; records: number }) => void
  /** Runs after each batch is committed. */
  afterBatch?: () => Promise<void>
  /** Runs every few seconds while files are looked for, which no batch follows. */
  whileLooking?: () => Promise<void>
  /** Stops between batches and files when it answers true. */
  isCancelled?: () => boolean
}

const LOOK_MS = 2_000

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
  const isStopped = askedByTime(context)
  try {
    for await (const member of openMembers(tracked, isStopped)) {
      if (await isStopped()) return
      await importMember(context, member, writer, () => bytes)
    }
  } catch (error) {
    if (writer.hasFailed || isFault(error)) throw error
    await rejectFile(context, source.path, 'unknown', damageReason(error))
  }
}

function askedByTime({ whileLooking, isCancelled }: ImportContext): () => Promise<boolean> {
  let askedAt = performance.now()
  return async () => {
    if (whileLooking && performance.now() - askedAt > LOOK_MS) {
      // a database that is away is no damage of the file, and stops the next batch
      await whileLooking().catch(() => undefined)
      askedAt = performance.now()
    }
    return isCancelled?.() ?? false
  }
}

/** A file that is being read. `before`: records that came before its bytes. */
type Opened = {
  file: ImportFileRef
  format: DetectedFormat
  bytes: AsyncIterable<Uint8Array>
  before: number
  keptFromUs: number
  onRecords: (records: number, bytes?: number) => void
}

/** `bytesNow`: bytes of the source that were read so far. */
async function importMember(
  context: ImportContext,
  member: Member,
  writer: OverlappedWriter,
  bytesNow: () => number,
): Promise<void> {
  const format = context.format ?? member.format
  const reason = unreadableReason(format)
  if (reason !== null) return rejectFile(context, member.path, format.kind, reason)
  const file = await openImportFile(context.pool, context.uploadId, member.path, format.kind)
  if (file.finished) return
  const opened: Opened = {
    file,
    format,
    bytes: member.bytes,
    before: 0,
    keptFromUs: await keptFromUs(context.pool),
    onRecords: (records, bytes = bytesNow()) => context.onProgress?.({ path: member.path, bytes, records }),
  }
  const { threads } = context
  const end =
    format.kind === 'json' && threads?.areThere()
      ? await readInParts(context, opened, writer, bytesNow, threads)
      : await readOn(context, opened, writer)
  if (end !== 'stopped') await closeImportFile(context.pool, file.id, 'done', end.problem)
}

type End = { problem: string | null } | 'stopped'

/** Reads lines in several threads as far as they can be told apart, and the rest here. */
async function readInParts(
  context: ImportContext,
  opened: Opened,
  writer: OverlappedWriter,
  bytesNow: () => number,
  threads: ReaderThreads,
): Promise<End> {
  const { defaultHost, isCancelled = () => false, afterBatch = async () => undefined } = context
  const { file, onRecords } = opened
  const parts = cutParts(opened.bytes, threads.partBytes)
  try {
    const task = {
      file,
      defaultHost,
      keptFromUs: opened.keptFromUs,
      bytesNow,
      isCancelled,
      onRecords,
      afterBatch,
    }
    const read = await importParts(task, parts, threads)
    if (read.kind === 'stopped') return 'stopped'
    if (read.kind === 'done') return { problem: read.problem }
    return await readOn(context, { ...opened, bytes: read.bytes, before: read.before }, writer)
  } finally {
    await parts.return(undefined)
  }
}

async function readOn(context: ImportContext, opened: Opened, writer: OverlappedWriter): Promise<End> {
  const { format, bytes, before, onRecords } = opened
  const file = { ...opened.file, checkpoint: Math.max(opened.file.checkpoint, before) }
  const batch = new Batch(file, context.recogniser, context.defaultHost, opened.keptFromUs)
  try {
    const options = { wants: needsData, outline: ONLY_COUNTED, dateOrder: context.dateOrder ?? null }
    for await (const found of parseFile(format, bytes, options)) {
      const item = before === 0 ? found : atPosition(found, positionOf(found) + before)
      if (positionOf(item) <= file.checkpoint) continue
      batch.add(item)
      if (writer.isTimeToLook()) await writer.letGoOn()
      if (!batch.isFull()) continue
      onRecords(before + batch.recordsRead)
      await writer.settled()
      if (context.isCancelled?.()) return 'stopped'
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
  onRecords(before + batch.recordsRead)
  return { problem: batch.problem }
}

async function flush({ pool, afterBatch }: ImportContext, batch: Batch): Promise<void> {
  const { creations, rest, receipt } = batch.take()
  await storeBatch(pool, creations, receipt, rest)
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

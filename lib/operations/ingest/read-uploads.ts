import { log } from '@/lib/log'
import {
  claimUpload,
  listRunningCommands,
  listUnreadUploads,
  moveUpload,
  type QueuedUpload,
  recordReadBytes,
} from '@/lib/store/imports'
import { isRefused } from '@/lib/store/ingest/store-batch'
import type { Pool } from '@/lib/store/pool'
import { removeUnreadChunks } from '@/lib/store/upload-chunks'
import { importSource } from './import-source'
import { loadRecogniser } from './load-recogniser'
import { type ReaderThreads, withReaderThreads } from './reader-threads'
import { storedUpload } from './stored-upload'

/**
 * Reads every upload that waits, one after the other; an upload whose reader died goes on from its checkpoints, one that the database
 * cannot take fails alone.
 */
export async function readUploads(pool: Pool, isStopped: () => boolean): Promise<number> {
  let read = 0
  await removeUnreadChunks(pool)
  await noteEndedCommands(pool)
  for (const upload of await listUnreadUploads(pool)) {
    if (isStopped()) break
    const release = await claimUpload(pool, upload.id)
    if (!release) continue
    try {
      await withReaderThreads(pool, (threads) => readUpload(pool, upload, threads, isStopped))
      read++
    } catch (error) {
      if (!isRefused(error)) throw error
      log().error({ err: error, upload: upload.id }, 'the database refused a part of an upload')
      await moveUpload(pool, upload.id, ['running'], 'failed', REFUSED)
    } finally {
      await release()
    }
  }
  return read
}

/** Imports of the command line whose process is gone without a word: the same command goes on with them. */
async function noteEndedCommands(pool: Pool): Promise<void> {
  for (const id of await listRunningCommands(pool)) {
    const release = await claimUpload(pool, id)
    if (!release) continue
    await moveUpload(pool, id, ['running', 'paused'], 'interrupted')
    await release()
  }
}

const REFUSED =
  'The database refused a part of it; it was logged on the server. What came before it was kept, what follows was not read.'

async function readUpload(
  pool: Pool,
  upload: QueuedUpload,
  threads: ReaderThreads,
  isStopped: () => boolean,
): Promise<void> {
  if (!(await moveUpload(pool, upload.id, ['queued', 'running'], 'running'))) return
  let bytesRead = 0
  let stopped = false
  // somebody may have paused or cancelled it
  const look = async () => {
    stopped = (await recordReadBytes(pool, upload.id, bytesRead)) !== 'running'
  }
  await importSource(
    {
      pool,
      uploadId: upload.id,
      threads,
      recogniser: await loadRecogniser(pool),
      defaultHost: upload.hostOverride,
      dateOrder: upload.dateOrder,
      format: null,
      onProgress: ({ bytes }) => {
        bytesRead = bytes
      },
      afterBatch: look,
      whileLooking: look,
      isCancelled: () => stopped || isStopped(),
    },
    storedUpload(pool, upload),
  )
  if (stopped || isStopped()) return
  await recordReadBytes(pool, upload.id, upload.receivedBytes)
  await moveUpload(pool, upload.id, ['running'], 'done')
  await removeUnreadChunks(pool)
}

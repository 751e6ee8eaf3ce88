import {
  claimUpload,
  listUnreadUploads,
  moveUpload,
  type QueuedUpload,
  recordReadBytes,
  removeChunks,
  removeUnreadChunks,
} from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import { importSource } from './import-source'
import { loadRecogniser } from './load-recogniser'
import { storedUpload } from './stored-upload'

/** Reads every upload that waits, one after the other; an upload whose reader died goes on from its checkpoints. */
export async function readUploads(pool: Pool, isStopped: () => boolean): Promise<number> {
  let read = 0
  await removeUnreadChunks(pool)
  for (const upload of await listUnreadUploads(pool)) {
    if (isStopped()) break
    const release = await claimUpload(pool, upload.id)
    if (!release) continue
    try {
      await readUpload(pool, upload, isStopped)
      read++
    } finally {
      await release()
    }
  }
  return read
}

async function readUpload(pool: Pool, upload: QueuedUpload, isStopped: () => boolean): Promise<void> {
  if (!(await moveUpload(pool, upload.id, ['queued', 'running'], 'running'))) return
  let bytesRead = 0
  let cancelled = false
  await importSource(
    {
      pool,
      uploadId: upload.id,
      recogniser: await loadRecogniser(pool),
      defaultHost: upload.hostOverride,
      format: null,
      onProgress: ({ bytes }) => {
        bytesRead = bytes
      },
      afterBatch: async () => {
        cancelled = !(await recordReadBytes(pool, upload.id, bytesRead))
      },
      isCancelled: () => cancelled || isStopped(),
    },
    storedUpload(pool, upload),
  )
  if (cancelled || isStopped()) return
  await recordReadBytes(pool, upload.id, upload.receivedBytes)
  await moveUpload(pool, upload.id, ['running'], 'done')
  await removeChunks(pool, upload.id)
}

import { createUpload, findUploads, moveUpload, type UploadChannel } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import { memorySource } from './byte-source'
import { importSource } from './import-source'
import { loadRecogniser } from './load-recogniser'
import { withReaderThreads } from './reader-threads'

/** Imports a file held in memory as an upload of its own. */
export async function importBytes(
  pool: Pool,
  channel: UploadChannel,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const upload = {
    channel,
    name,
    sizeBytes: bytes.length,
    hostOverride: null,
    actorName: channel,
    state: 'running',
  } as const
  const uploadId = await createUpload(pool, upload)
  const recogniser = await loadRecogniser(pool)
  await withReaderThreads(pool, (threads) =>
    importSource(
      { pool, uploadId, recogniser, threads, defaultHost: null, format: null },
      memorySource(name, bytes),
    ),
  )
  await moveUpload(pool, uploadId, ['running'], 'done')
}

/** Names of a channel's uploads that were read to their end. */
export function listImported(pool: Pool, channel: UploadChannel): Promise<string[]> {
  return findUploads(pool, channel, 'done')
}

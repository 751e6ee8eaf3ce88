import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { moveUpload } from '@/lib/store/imports'
import { patientPool } from '@/lib/store/pool'
import { appendChunk, removeChunks } from '@/lib/store/upload-chunks'
import { inChunks } from './in-chunks'
import { isEmpty, NO_LONGER_ARRIVING, newUpload, queueUpload, type UploadOffer } from './upload-offer'
import { createWithRoom, requireFitting, whileRoom } from './upload-room'

/**
 * Takes a file in as chunks, each committed before the next is read, and queues it.
 * @returns the upload's id
 * @throws ExpectedError 'invalid-input', 'too-large', or 'busy' while too much waits to be read
 */
export async function receiveUpload(
  actor: Actor,
  offer: UploadOffer,
  bytes: AsyncIterable<Uint8Array>,
): Promise<string> {
  requirePermission(actor, 'import')
  const upload = newUpload(actor, offer)
  requireFitting(upload)
  const id = await createWithRoom(upload)
  try {
    let position = 0
    for await (const chunk of whileRoom(inChunks(bytes), upload.sizeBytes))
      if ((await appendChunk(patientPool(), id, position++, chunk)) === null)
        throw new ExpectedError('conflict', NO_LONGER_ARRIVING)
    if (position === 0) throw isEmpty(upload.name)
  } catch (error) {
    const reason = error instanceof ExpectedError ? error.message : INTERRUPTED
    await moveUpload(patientPool(), id, ['receiving'], 'failed', reason)
    await removeChunks(patientPool(), id)
    throw error
  }
  await queueUpload(id)
  return id
}

const INTERRUPTED =
  'The connection broke before the file had arrived. Nothing of it was read: import it again.'

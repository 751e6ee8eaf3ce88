import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { findOwnUpload, type UploadRef } from '@/lib/store/imports'
import { patientPool } from '@/lib/store/pool'
import { appendChunk, CHUNK_BYTES, takeUpArriving } from '@/lib/store/upload-chunks'
import { inChunks } from './in-chunks'
import { isEmpty, NO_LONGER_ARRIVING, newUpload, queueUpload, type UploadOffer } from './upload-offer'
import { createWithRoom, requireFitting, requireRoomAgain } from './upload-room'

/**
 * Opens an upload whose bytes come in pieces. Whoever offers the same file again (name, size and fingerprint) goes on with what has arrived.
 * @throws ExpectedError 'invalid-input' for an empty file, 'too-large', or 'busy' while too much of others waits to be read
 */
export async function openUpload(
  actor: Actor,
  offer: UploadOffer & { sizeBytes: number; fingerprint: string },
): Promise<UploadRef> {
  requirePermission(actor, 'import')
  const upload = { ...newUpload(actor, offer), sizeBytes: offer.sizeBytes, fingerprint: offer.fingerprint }
  if (upload.sizeBytes === 0) throw isEmpty(upload.name)
  requireFitting(upload)
  const arriving = await takeUpArriving(patientPool(), upload)
  if (arriving === null) return { id: await createWithRoom(upload), receivedBytes: 0 }
  await requireRoomAgain(arriving.id)
  return arriving
}

/**
 * Takes in bytes from `offset` on, which is what was received so far. Each 1 MiB is committed before the next is read; an odd rest counts
 * only as the file's end. Answers the bytes received then: the file is queued once they are all of it.
 * @throws ExpectedError 'not-found'; 'conflict' when the upload is over or the offset is ahead of what was received; 'too-large'; 'busy' when it was silent
 * and others took its room
 */
export async function receivePiece(
  actor: Actor,
  { id, offset }: { id: string; offset: number },
  bytes: AsyncIterable<Uint8Array>,
): Promise<number> {
  requirePermission(actor, 'import')
  const upload = await findOwnUpload(patientPool(), id, actor)
  if (!upload?.sizeBytes) throw new ExpectedError('not-found', 'There is no such upload.')
  if (upload.state !== 'receiving') throw new ExpectedError('conflict', NO_LONGER_ARRIVING)
  if (offset > upload.receivedBytes || offset % CHUNK_BYTES !== 0)
    throw new ExpectedError(
      'conflict',
      `${upload.receivedBytes} bytes of this upload have arrived: go on from there.`,
    )
  await requireRoomAgain(id)
  let received = upload.receivedBytes
  let end = offset
  for await (const chunk of inChunks(bytes)) {
    const start = end
    end += chunk.length
    if (end > upload.sizeBytes)
      throw new ExpectedError('too-large', `More bytes than the ${upload.sizeBytes} that were announced.`)
    if (chunk.length < CHUNK_BYTES && end < upload.sizeBytes) break
    const noted = await appendChunk(patientPool(), id, start / CHUNK_BYTES, chunk)
    if (noted === null) throw new ExpectedError('conflict', NO_LONGER_ARRIVING)
    received = noted
  }
  if (received === upload.sizeBytes) await queueUpload(id)
  return received
}

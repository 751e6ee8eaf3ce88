import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { appendChunk, createUpload, moveUpload, removeChunks } from '@/lib/store/imports'
import { pool } from '@/lib/store/pool'
import { CHUNK_BYTES } from './stored-upload'

/** Names are shown, never opened. */
const MAX_NAME = 500

/**
 * Takes a file in as chunks, each committed before the next is read, and queues it.
 * @returns the upload's id
 */
export async function receiveUpload(
  actor: Actor,
  upload: { name: string; sizeBytes: number | null; hostOverride: string | null },
  bytes: AsyncIterable<Uint8Array>,
): Promise<string> {
  requirePermission(actor, 'import')
  const name = upload.name.replaceAll('\0', '').trim().slice(0, MAX_NAME)
  if (!name) throw new ExpectedError('invalid-input', 'Name the file: add ?name=FILE to the address.')
  const channel = actor.kind === 'account' ? 'browser' : 'api'
  const id = await createUpload(pool(), {
    ...upload,
    channel,
    name,
    actorName: actor.name,
    state: 'receiving',
  })
  try {
    let position = 0
    for await (const chunk of inChunks(bytes)) await appendChunk(pool(), id, position++, chunk)
    if (position === 0)
      throw new ExpectedError('invalid-input', `${name} is empty: there is nothing to read.`)
  } catch (error) {
    await moveUpload(
      pool(),
      id,
      ['receiving'],
      'failed',
      error instanceof ExpectedError ? error.message : INTERRUPTED,
    )
    await removeChunks(pool(), id)
    throw error
  }
  await moveUpload(pool(), id, ['receiving'], 'queued')
  await pool().query('NOTIFY cordon_work')
  return id
}

const INTERRUPTED =
  'The connection broke before the file had arrived. Nothing of it was read: upload it again.'

async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    held.push(piece)
    size += piece.length
    while (size >= CHUNK_BYTES) {
      const all = Buffer.concat(held)
      yield all.subarray(0, CHUNK_BYTES)
      const rest = all.subarray(CHUNK_BYTES)
      held = [rest]
      size = rest.length
    }
  }
  if (size > 0) yield Buffer.concat(held)
}

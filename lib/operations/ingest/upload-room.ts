import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import type { NewUpload } from '@/lib/store/imports'
import { patientPool } from '@/lib/store/pool'
import { admitUpload, CHUNK_BYTES, claimRoomAgain, countTakenBytes } from '@/lib/store/upload-chunks'

const GB = 1024 ** 3
/** Bytes between two looks: an upload goes beyond what there is room for by as many at most. */
const LOOK_EACH = 64 * CHUNK_BYTES

/** Adds an upload that there is room for; what it announces is then kept free for it. Answers its id. @throws ExpectedError 'busy' */
export async function createWithRoom(upload: NewUpload): Promise<string> {
  const id = await admitUpload(patientPool(), upload, mostBytes())
  if (id === null) throw noRoom()
  return id
}

/** Keeps room free again for an upload that goes on after it was silent. @throws ExpectedError 'busy' when others took it meanwhile */
export async function requireRoomAgain(id: string): Promise<void> {
  if (await claimRoomAgain(patientPool(), id, mostBytes())) return
  throw new ExpectedError(
    'busy',
    `Nothing of this upload arrived for an hour, and of the ${env('CORDON_UPLOADS_GB')} GB of uploads that may wait to be read, too little is free for its rest by now. What arrived is kept: go on when some of the others are read, or cancel what is not needed.`,
  )
}

/** Passes an upload's pieces on; what was not announced, while there is room for it. @throws ExpectedError 'busy' */
export async function* whileRoom(
  pieces: AsyncIterable<Uint8Array>,
  announced: number | null,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  let lookAt = announced ?? 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > lookAt) {
      if ((await countTakenBytes(patientPool())) >= mostBytes()) throw noRoom()
      lookAt = bytes + LOOK_EACH
    }
    yield piece
  }
}

function mostBytes(): number {
  return env('CORDON_UPLOADS_GB') * GB
}

function noRoom(): ExpectedError {
  return new ExpectedError(
    'busy',
    `Of the ${env('CORDON_UPLOADS_GB')} GB of uploads that may wait to be read, too little is free for this: come again when some of them are read, or cancel what is not needed.`,
  )
}

/** @throws ExpectedError 'too-large' for what there will never be room for */
export function requireFitting({ name, sizeBytes }: { name: string; sizeBytes: number | null }): void {
  if (sizeBytes !== null && sizeBytes > mostBytes())
    throw new ExpectedError(
      'too-large',
      `${name} is larger than the ${env('CORDON_UPLOADS_GB')} GB that may wait here: send it in parts, or have it imported on the server.`,
    )
}

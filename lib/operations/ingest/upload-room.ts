import { env } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { patientPool } from '@/lib/store/pool'
import { countWaitingBytes } from '@/lib/store/upload-chunks'

const GB = 1024 ** 3
/** Pieces between two looks: an upload goes beyond what there is room for by as many at most. */
const LOOK_EACH = 64

/** Passes an upload's pieces on while there is room for them. @throws ExpectedError 'busy' */
export async function* whileRoom(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let passed = 0
  for await (const piece of pieces) {
    if (passed++ % LOOK_EACH === 0) await requireRoom()
    yield piece
  }
}

/** @throws ExpectedError 'busy' while as much waits to be read as may */
export async function requireRoom(): Promise<void> {
  const most = env('CORDON_UPLOADS_GB')
  if ((await countWaitingBytes(patientPool())) < most * GB) return
  throw new ExpectedError(
    'busy',
    `Uploads of ${most} GB wait to be read, which is as much as may: come again when some of them are read, or cancel what is not needed.`,
  )
}

/** @throws ExpectedError 'too-large' for what there will never be room for */
export function requireFitting({ name, sizeBytes }: { name: string; sizeBytes: number | null }): void {
  const most = env('CORDON_UPLOADS_GB')
  if (sizeBytes !== null && sizeBytes > most * GB)
    throw new ExpectedError(
      'too-large',
      `${name} is larger than the ${most} GB that may wait here: send it in parts, or have it imported on the server.`,
    )
}

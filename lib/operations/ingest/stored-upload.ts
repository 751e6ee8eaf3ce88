import type { Pool } from '@/lib/store/pool'
import { CHUNK_BYTES, findChunk } from '@/lib/store/upload-chunks'
import type { ByteSource } from './byte-source'

/** An upload's bytes, read from the database chunk by chunk. */
export function storedUpload(
  pool: Pool,
  upload: { id: string; name: string; receivedBytes: number },
): ByteSource {
  const { id, name, receivedBytes } = upload
  return {
    path: name,
    sizeBytes: receivedBytes,
    async *stream() {
      for (let position = 0; position * CHUNK_BYTES < receivedBytes; position++)
        yield await getChunk(pool, id, position)
    },
    async read(offset, length) {
      const pieces: Uint8Array[] = []
      for (let at = offset; at < Math.min(offset + length, receivedBytes); ) {
        const start = at % CHUNK_BYTES
        const chunk = await getChunk(pool, id, Math.floor(at / CHUNK_BYTES))
        const piece = chunk.subarray(start, start + offset + length - at)
        if (piece.length === 0) break
        pieces.push(piece)
        at += piece.length
      }
      return Buffer.concat(pieces)
    },
  }
}

async function getChunk(pool: Pool, uploadId: string, position: number): Promise<Buffer> {
  const chunk = await findChunk(pool, uploadId, position)
  if (!chunk) throw new RangeError(`piece ${position} of the upload is missing: upload the file again`)
  return chunk
}

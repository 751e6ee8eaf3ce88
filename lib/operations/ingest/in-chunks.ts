import { CHUNK_BYTES } from '@/lib/store/upload-chunks'

/** The same bytes in pieces of `CHUNK_BYTES`, the last one shorter. */
export async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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

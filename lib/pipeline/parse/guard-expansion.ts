/** Text logs compress about twentyfold; nothing real exceeds this. */
export const MAX_EXPANSION = 1000
/** Below this, small files may be as dense as they like. */
export const EXPANSION_FREE_BYTES = 64 * 1024 * 1024

/**
 * Passes unpacked bytes on, and stops a decompression bomb: output out of all proportion to the packed bytes read so far.
 * @throws RangeError whose message is for the person who sent the file
 */
export async function* guardExpansion(
  unpacked: AsyncIterable<Uint8Array>,
  packedBytes: () => number,
): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const piece of unpacked) {
    total += piece.length
    if (total > EXPANSION_FREE_BYTES && total > packedBytes() * MAX_EXPANSION)
      throw new RangeError(
        `unpacks to more than ${MAX_EXPANSION} times its size: refused as a decompression bomb`,
      )
    yield piece
  }
}

/** Text logs compress about twentyfold; nothing real exceeds this. */
const MAX_EXPANSION = 1000
const EXPANSION_FREE_BYTES = 64 * 1024 * 1024

/** Stops a bomb: output out of all proportion to its input. */
export async function* guardExpansion(
  output: AsyncIterable<Uint8Array>,
  inputBytes: () => number,
): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const piece of output) {
    total += piece.length
    if (total > EXPANSION_FREE_BYTES && total > inputBytes() * MAX_EXPANSION)
      throw new RangeError(
        `unpacks to more than ${MAX_EXPANSION} times its size: refused as a decompression bomb`,
      )
    yield piece
  }
}

/** macOS keeps metadata beside each file. */
export function isResourceFork(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\._)/.test(name)
}

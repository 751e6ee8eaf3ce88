/** Bytes of a file wherever it lies: on disk, in the database, in memory. */
export type ByteSource = {
  /** What the person called it. */
  path: string
  sizeBytes: number
  /** From the start; may be called again. */
  stream(): AsyncIterable<Uint8Array>
  /** Random access, for archives with their index at the end. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** A source held in memory. */
export function memorySource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    sizeBytes: bytes.length,
    async *stream() {
      yield bytes
    },
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  }
}

/** The first `length` bytes (fewer when the stream is shorter) and the whole stream again. */
export async function peek(
  bytes: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ head: Uint8Array; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = bytes[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let size = 0
  while (size < length) {
    const next = await iterator.next()
    if (next.done) break
    read.push(next.value)
    size += next.value.length
  }
  const rejoined = async function* () {
    try {
      yield* read
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(read, Math.min(size, length)), bytes: rejoined() }
}

/** Passes bytes on and reports how many went by. */
export async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (total: number) => void,
): AsyncGenerator<Uint8Array> {
  let total = 0
  for await (const piece of bytes) {
    total += piece.length
    onBytes(total)
    yield piece
  }
}

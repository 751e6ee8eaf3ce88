import { Buffer } from 'node:buffer'

/** Cuts a stream of pieces of any size into blocks of the size asked for. */
export type BlockReader = {
  /** The next bytes, fewer than asked only at the end of the stream. Valid until the next call: the memory is used again. */
  read: (size: number) => Promise<Buffer>
  /** Tells the source that no more is wanted. */
  close: () => Promise<void>
}

/** `largestBlock` bounds the memory held besides the source's own piece. Errors of the source pass through. */
export function openBlocks(source: AsyncIterable<Uint8Array>, largestBlock: number): BlockReader {
  const pieces = source[Symbol.asyncIterator]()
  const memory = Buffer.alloc(largestBlock)
  let piece: Uint8Array = new Uint8Array(0)
  let isDone = false

  async function read(size: number): Promise<Buffer> {
    let filled = 0
    while (filled < size && !isDone) {
      const part = piece.subarray(0, size - filled)
      memory.set(part, filled)
      filled += part.length
      piece = piece.subarray(part.length)
      if (filled < size) await nextPiece()
    }
    return memory.subarray(0, filled)
  }

  async function nextPiece(): Promise<void> {
    const next = await pieces.next()
    if (next.done === true) isDone = true
    else piece = next.value
  }

  async function close(): Promise<void> {
    if (!isDone) await pieces.return?.()
    isDone = true
  }

  return { read, close }
}

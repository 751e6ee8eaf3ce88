import { Buffer } from 'node:buffer'
import type { Template } from './binxml-node'
import { type Chunk, charge, nameAt } from './chunk'
import type { Definition, NameUse } from './file-memory'

/** next u32, GUID, size u32 */
export const DEFINITION_HEADER_BYTES = 24
/** One template has its names in few different places. */
const MOST_VARIANTS = 4
/** More than the templates of any honest file; compiled they take some ten times as much. */
const MOST_BYTES = 1 << 20

/**
 * The template that an earlier chunk compiled from the same definition as this chunk has at `offset`, `size` bytes behind its header; null where there is none.
 * The same: byte by byte, and its names, which lie elsewhere in each chunk, name by name. A GUID alone would let one damaged definition spoil all chunks after it.
 * Throws Damage where a name cannot be read.
 */
export function knownTemplate(chunk: Chunk, offset: number, size: number): Template | null {
  const variants = chunk.memory.definitions.get(keyOf(chunk, offset, size)) ?? []
  return (
    variants.find((definition) => isSame(chunk, offset + DEFINITION_HEADER_BYTES, definition))?.template ??
    null
  )
}

/** Keeps what a definition was compiled to for the chunks after this one. */
export function keepTemplate(
  chunk: Chunk,
  offset: number,
  size: number,
  uses: NameUse[],
  template: Template,
): void {
  const { memory } = chunk
  const start = offset + DEFINITION_HEADER_BYTES
  if (start + size > chunk.bytes.length) return
  if (memory.definitionBytes + size > MOST_BYTES) {
    memory.definitions.clear()
    memory.definitionBytes = 0
  }
  const key = keyOf(chunk, offset, size)
  const variants = memory.definitions.get(key) ?? []
  if (variants.length >= MOST_VARIANTS) return
  // a copy: the chunk's memory is used again
  const bytes = Buffer.from(chunk.bytes.subarray(start, start + size))
  memory.definitions.set(key, [...variants, { bytes, uses, template }])
  memory.definitionBytes += size
}

function keyOf({ view }: Chunk, offset: number, size: number): number {
  return view.getUint32(offset + 4, true) * 0x10000 + (size & 0xffff)
}

function isSame(chunk: Chunk, start: number, { bytes, uses }: Definition): boolean {
  charge(chunk, bytes.length)
  let at = 0
  for (const use of uses) {
    if (!areEqual(chunk.bytes, start, bytes, at, use.at) || !isSameUse(chunk, start + use.at, use))
      return false
    // the name's offset, and in place its link to the next name, are the chunk's own
    at = use.at + (use.isInPlace ? 8 : 4)
  }
  return areEqual(chunk.bytes, start, bytes, at, bytes.length)
}

function isSameUse(chunk: Chunk, at: number, { name, isInPlace }: NameUse): boolean {
  const offset = chunk.view.getUint32(at, true)
  return (offset === at + 4) === isInPlace && nameAt(chunk, offset) === name
}

/** Whether the bytes of a definition between two offsets are those of the chunk at `start`. */
function areEqual(chunk: Buffer, start: number, bytes: Buffer, from: number, to: number): boolean {
  if (start + to > chunk.length) return false
  for (let at = from; at < to; at++) if (chunk[start + at] !== bytes[at]) return false
  return true
}

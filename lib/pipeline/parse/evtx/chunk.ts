import type { Buffer } from 'node:buffer'
import type { Template } from './binxml-node'
import { Damage } from './damage'
import type { FileMemory } from './file-memory'
import { knownText } from './known-text'

/** Every chunk has this size on disk; all offsets inside it count from its start. */
export const CHUNK_BYTES = 65_536
export const CHUNK_HEADER_BYTES = 512

/** A record of 64 KiB at most cannot honestly need more; stops templates that name one value over and over. */
const WORK_PER_RECORD = 1 << 19
/** Honest chunks stay near their own size; bounds what all hostile records of one chunk can cost together. */
const WORK_PER_CHUNK = 1 << 22
const NAME_CHARACTERS = 1024

/** One chunk in memory, with what its records share: names and compiled templates, by offset. */
export type Chunk = {
  bytes: Buffer
  view: DataView
  names: Map<number, string>
  /** Damage where a template cannot be used. */
  templates: Map<number, Template | Damage>
  /** Work units (about a byte each) spent so far, and where the current record must stop. */
  spent: number
  allowed: number
  memory: FileMemory
}

/** A chunk ready to be read; `bytes` may be shorter than CHUNK_BYTES when the file is cut off. */
export function openChunk(bytes: Buffer, memory: FileMemory): Chunk {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return { bytes, view, names: new Map(), templates: new Map(), spent: 0, allowed: 0, memory }
}

/** Grants the next record its share of work. */
export function startRecord(chunk: Chunk): void {
  chunk.allowed = Math.min(chunk.spent + WORK_PER_RECORD, WORK_PER_CHUNK)
}

/** Accounts for work. Throws Damage when a record expands without end. */
export function charge(chunk: Chunk, units: number): void {
  chunk.spent += units
  if (chunk.spent > chunk.allowed) throw new Damage('it expands beyond any real size')
}

/** UTF-16LE text without the NULs that pad it. Throws Damage when it reaches outside the chunk. */
export function utf16Text(chunk: Chunk, at: number, size: number): string {
  if (at + size > chunk.bytes.length) throw new Damage('a text reaches outside its chunk')
  let end = at + (size & ~1)
  while (end > at && chunk.view.getUint16(end - 2, true) === 0) end -= 2
  return knownText(chunk.memory.texts, chunk.bytes, at, end)
}

/** Whether a name structure (next u32, hash u16, count u16, characters, NUL) can lie at this offset. */
export function isName(chunk: Chunk, at: number): boolean {
  if (at < 128 || at + 10 > chunk.bytes.length) return false
  const end = at + 8 + 2 * chunk.view.getUint16(at + 6, true)
  return end > at + 8 && end + 2 <= chunk.bytes.length && chunk.view.getUint16(end, true) === 0
}

/** Size in bytes of the name structure at this offset. */
export function nameBytes(chunk: Chunk, at: number): number {
  return 10 + 2 * chunk.view.getUint16(at + 6, true)
}

/** The name at this offset, decoded once per chunk. Throws Damage. */
export function nameAt(chunk: Chunk, at: number): string {
  const known = chunk.names.get(at)
  if (known !== undefined) return known
  if (!isName(chunk, at)) throw new Damage(`no name at offset ${at} of its chunk`)
  const count = chunk.view.getUint16(at + 6, true)
  if (count > NAME_CHARACTERS) throw new Damage(`a name of ${count} characters`)
  charge(chunk, count)
  const name = safeKey(utf16Text(chunk, at + 8, 2 * count))
  chunk.names.set(at, name)
  return name
}

/** A name from the log as an object key: "__proto__" would be lost or change the object. */
export function safeKey(name: string): string {
  return name === '__proto__' ? '[__proto__]' : name
}

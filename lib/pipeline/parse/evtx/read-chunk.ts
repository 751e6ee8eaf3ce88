import { Buffer } from 'node:buffer'
import type { JsonObject } from '@/lib/pipeline/event/raw-record'
import { unsigned64Text } from './binxml-value'
import { CHUNK_BYTES, CHUNK_HEADER_BYTES, type Chunk, openChunk, startRecord } from './chunk'
import { damageText } from './damage'
import { eventFields, type Wants } from './event-fields'
import type { FileMemory } from './file-memory'

const CHUNK_MAGIC = 'ElfChnk\0'
const RECORD_MAGIC = Buffer.from([0x2a, 0x2a, 0x00, 0x00])
/** magic u32, size u32, record id u64, time written u64; the size once more closes the record. */
const RECORD_HEADER_BYTES = 24
/** Where a chunk's header says its free space begins (u32). */
const FREE_SPACE_AT = 48
const SMALLEST_RECORD_BYTES = RECORD_HEADER_BYTES + 4

/** What goes with the whole file: what its chunks share, and which events' data is wanted (all where undefined). */
export type Reading = { memory: FileMemory; wants: Wants | undefined }

/** What a chunk gives; whoever reads the file numbers the items. */
export type ChunkItem =
  | { kind: 'record'; recordId: string; fields: JsonObject }
  | { kind: 'rejection'; recordId: string | null; reason: string }

/** `number` is the chunk's place in its file from 1, for messages. */
type Block = { chunk: Chunk; number: number; usedEnd: number; isSound: boolean }

export function isChunk(block: Buffer): boolean {
  return block.toString('latin1', 0, CHUNK_MAGIC.length) === CHUNK_MAGIC
}

/** Whether a whole record lies anywhere in these bytes. */
export function holdsRecord(bytes: Buffer): boolean {
  return findRecord(bytes, 0, bytes.length) !== null
}

/** How many records a chunk's header says it holds; null where it says nothing sensible. */
export function announcedRecords(block: Buffer): number | null {
  if (!isChunk(block) || block.length < CHUNK_HEADER_BYTES) return null
  const count = Number(block.readBigUInt64LE(16) - block.readBigUInt64LE(8)) + 1
  return count > 0 && count <= CHUNK_BYTES / SMALLEST_RECORD_BYTES ? count : null
}

/**
 * The records of one chunk (64 KiB; fewer bytes where the file is cut off), each found by its signature and sizes.
 * A record that cannot be read becomes one rejection and the next is read; so does a stretch without records in the part that the
 * chunk's header says is in use. Checksums are not looked at: reading shows which record is damaged, a checksum does not.
 * Beyond the used part records count only while their ids go on by one (a log not closed properly); others are remains of other logs.
 * A block without a sensible header gives the records that can be found in it, and no rejection for the rest.
 */
export function readChunk(bytes: Buffer, number: number, { memory, wants }: Reading): ChunkItem[] {
  const items: ChunkItem[] = []
  const block = openBlock(bytes, number, memory)
  let lastId = -1n
  let at = CHUNK_HEADER_BYTES
  while (at + SMALLEST_RECORD_BYTES <= bytes.length) {
    const size = recordBytes(bytes, at)
    if (size === null) {
      const next = findRecord(bytes, at + 1, block.usedEnd)
      const item = salvage(block, at, next, wants) ?? gapIn(block, at, next)
      if (item !== null) items.push(item)
      if (next === null) return items
      at = next
      continue
    }
    const id = block.chunk.view.getBigUint64(at + 8, true)
    if (at >= block.usedEnd && id !== lastId + 1n) return items
    lastId = id
    items.push(readRecord(block, at, size, wants))
    at += size
  }
  return items
}

function openBlock(bytes: Buffer, number: number, memory: FileMemory): Block {
  const usedEnd = usedBytes(bytes)
  return {
    chunk: openChunk(bytes, memory),
    number,
    usedEnd: usedEnd ?? bytes.length,
    isSound: usedEnd !== null,
  }
}

/** Where the chunk's used part ends by its header (at most at the end of the bytes); null where the header makes no sense. */
export function usedBytes(bytes: Buffer): number | null {
  if (!isChunk(bytes) || bytes.length < CHUNK_HEADER_BYTES) return null
  const freeSpaceAt = bytes.readUInt32LE(FREE_SPACE_AT)
  const isSensible = freeSpaceAt >= CHUNK_HEADER_BYTES && freeSpaceAt <= CHUNK_BYTES
  return isSensible ? Math.min(freeSpaceAt, bytes.length) : null
}

/** The size of the record at this offset, or null where no whole record lies. */
function recordBytes(bytes: Buffer, at: number): number | null {
  if (!hasRecordMagic(bytes, at)) return null
  const size = bytes.readUInt32LE(at + 4)
  const end = at + size
  if (size < SMALLEST_RECORD_BYTES || end > bytes.length) return null
  return bytes.readUInt32LE(end - 4) === size || hasRecordMagic(bytes, end) ? size : null
}

function hasRecordMagic(bytes: Buffer, at: number): boolean {
  return at + SMALLEST_RECORD_BYTES <= bytes.length && bytes.readUInt32LE(at) === 0x00002a2a
}

function findRecord(bytes: Buffer, from: number, end: number): number | null {
  for (
    let at = bytes.indexOf(RECORD_MAGIC, from);
    at !== -1 && at < end;
    at = bytes.indexOf(RECORD_MAGIC, at + 1)
  ) {
    if (recordBytes(bytes, at) !== null) return at
  }
  return null
}

/**
 * A record with size 0 and all else in place, as Windows leaves it when it is stopped while writing: it reaches to the next record.
 * Taken only when the event in it bears the header's id. One that gives another wrong size may be half a record, so it is not.
 */
function salvage(block: Block, at: number, next: number | null, wants: Wants | undefined): ChunkItem | null {
  const { bytes, view } = block.chunk
  if (next === null || !hasRecordMagic(bytes, at) || bytes.readUInt32LE(at + 4) !== 0) return null
  const item = readRecord(block, at, next - at, wants)
  return item.kind === 'record' && item.recordId === unsigned64Text(view, at + 8) ? item : null
}

/** The rejection for used bytes that hold no record; null where nothing was promised, or where the file is cut off there. */
function gapIn(
  { chunk, number, usedEnd, isSound }: Block,
  at: number,
  next: number | null,
): ChunkItem | null {
  const isCutOff = next === null && chunk.bytes.length < CHUNK_BYTES
  if (!isSound || at >= usedEnd || isCutOff) return null
  const recordId = hasRecordMagic(chunk.bytes, at) ? unsigned64Text(chunk.view, at + 8) : null
  const what =
    recordId === null
      ? 'no record begins where one should'
      : `record ${recordId} is broken off or gives a wrong size`
  return {
    kind: 'rejection',
    recordId,
    reason: `Chunk ${number}: ${what}; ${(next ?? usedEnd) - at} bytes were skipped.`,
  }
}

function readRecord({ chunk, number }: Block, at: number, size: number, wants: Wants | undefined): ChunkItem {
  const headerId = unsigned64Text(chunk.view, at + 8)
  startRecord(chunk)
  try {
    const fields = eventFields(chunk, at + RECORD_HEADER_BYTES, at + size - 4, wants)
    const { EventRecordID: recordId = headerId } = fields.System
    return { kind: 'record', recordId, fields }
  } catch (error) {
    const why = damageText(error)
    return {
      kind: 'rejection',
      recordId: headerId,
      reason: `Chunk ${number}: record ${headerId} cannot be read: ${why}.`,
    }
  }
}

import { Buffer } from 'node:buffer'
import type { BlockReader } from './block-reader'
import { CHUNK_BYTES } from './chunk'
import { describeContent } from './describe-content'
import {
  announcedRecords,
  type ChunkItem,
  holdsRecord,
  isChunk,
  type Reading,
  readChunk,
  usedBytes,
} from './read-chunk'

const FILE_MAGIC = 'ElfFile\0'
const FILE_HEADER_BYTES = 4096
/** Where the file header counts its chunks (u16). */
const CHUNK_COUNT_AT = 42

function rejection(reason: string): ChunkItem {
  return { kind: 'rejection', recordId: null, reason }
}

/**
 * The items of a whole file, block by block.
 * Space that was reserved and never written is passed over in silence.
 */
export async function* readFile(blocks: BlockReader, reading: Reading): AsyncGenerator<ChunkItem[]> {
  const header = await blocks.read(FILE_HEADER_BYTES)
  const problem = headerProblem(header)
  const announced = problem === null ? header.readUInt16LE(CHUNK_COUNT_AT) : 0
  const first = await blocks.read(CHUNK_BYTES)
  if (problem !== null && !isChunk(first)) return yield [rejection(problem)]
  if (problem !== null)
    yield [rejection('The file header is damaged; the chunks after it are read all the same.')]
  const end = yield* readBlocks(blocks, first, reading)
  if (end.blocks < announced && !end.isCutOff)
    yield [
      rejection(`The file is cut off: its header announces ${announced} chunks, ${end.blocks} are there.`),
    ]
}

type End = { blocks: number; isCutOff: boolean }

async function* readBlocks(
  blocks: BlockReader,
  first: Buffer,
  reading: Reading,
): AsyncGenerator<ChunkItem[], End> {
  const end: End = { blocks: 0, isCutOff: false }
  let foreign: Foreign = NOTHING_FOREIGN
  for (let block = first; block.length > 0; block = await blocks.read(CHUNK_BYTES)) {
    end.blocks += 1
    if (isUnused(block)) continue
    if (!isChunk(block) && !holdsRecord(block)) {
      foreign = { from: foreign.from || end.blocks, to: end.blocks, count: foreign.count + 1 }
      continue
    }
    yield foreignItems(foreign)
    foreign = NOTHING_FOREIGN
    end.isCutOff = block.length < CHUNK_BYTES
    yield blockItems(block, end.blocks, reading)
  }
  yield foreignItems(foreign)
  return end
}

/** Why these bytes are no EVTX file header; null where they are one. */
function headerProblem(header: Buffer): string | null {
  if (header.length === 0) return 'not an EVTX file: it is empty'
  if (header.toString('latin1', 0, FILE_MAGIC.length) !== FILE_MAGIC)
    return `not an EVTX file: it does not begin with "ElfFile" and looks like ${describeContent(header)}`
  if (header.length < FILE_HEADER_BYTES)
    return `The file is cut off in its header (${header.length} of ${FILE_HEADER_BYTES} bytes): it holds no records.`
  return null
}

/** Blocks that are neither chunks nor unused, since the last chunk; numbered from 1. */
type Foreign = { from: number; to: number; count: number }
const NOTHING_FOREIGN: Foreign = { from: 0, to: 0, count: 0 }

function foreignItems({ from, to, count }: Foreign): ChunkItem[] {
  if (count === 0) return []
  if (count === 1)
    return [rejection(`Chunk ${from} does not begin like a chunk and holds no record: it was skipped.`)]
  return [
    rejection(
      `${count} chunks from ${from} to ${to} do not begin like chunks and hold no record: they were skipped.`,
    ),
  ]
}

const ZEROS = Buffer.alloc(CHUNK_BYTES)

/** Space that Windows reserved and has not written to yet. */
function isUnused(block: Buffer): boolean {
  return ZEROS.compare(block, 0, block.length, 0, block.length) === 0
}

function blockItems(block: Buffer, number: number, reading: Reading): ChunkItem[] {
  const items = readChunk(block, number, reading)
  const found = items.filter(({ kind }) => kind === 'record').length
  if (block.length < CHUNK_BYTES) items.push(rejection(cutOffReason(block, number, found)))
  else if (usedBytes(block) === null)
    items.push(rejection(`Chunk ${number}: its header is damaged; ${found} records were found in it.`))
  return items
}

function cutOffReason(block: Buffer, number: number, found: number): string {
  const announced = announcedRecords(block)
  const records =
    announced === null
      ? `${found} records were read from it`
      : `${found} of its ${announced} records were read`
  return `The file is cut off in chunk ${number} (${block.length} of ${CHUNK_BYTES} bytes); ${records}.`
}

import type pg from 'pg'
import { log } from '@/lib/log'
import type { Rejection } from '@/lib/pipeline/event/raw-record'
import type { IncomingCreation } from './creation-row'
import type { BatchReceipt } from './receipt'
import { type IncomingRest, NO_REST, type PreparedBatch, type WrittenCounts, writeBatch } from './write-batch'

/** What became of a batch. `refused`: records that the database found fault with, in their own positions. */
export type StoredBatch = Pick<WrittenCounts, 'executions' | 'executionsDuplicate' | 'newExecutions'> & {
  refused: readonly Rejection[]
}

/**
 * Stores a batch whole. Where the database finds fault with what a record says, that record is rejected and its neighbours are stored, in parts: else it
 * would fail again whenever it is sent again, and hold up all that comes behind it.
 */
export async function storeBatch(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  receipt: BatchReceipt,
  rest: IncomingRest = NO_REST,
  prepared: PreparedBatch | null = null,
): Promise<StoredBatch> {
  try {
    return { ...(await writeBatch(pool, creations, receipt, rest, prepared)), refused: [] }
  } catch (error) {
    if (!isRefused(error)) throw error
    log().error({ err: error }, 'the database refused a batch: its records are tried in parts')
    return await storeAround(pool, toPieces(creations, rest), receipt)
  }
}

/** Whether the database finds fault with the data itself (SQLSTATE classes 22, 23, 54): trying again would fail again. */
export function isRefused(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^(22|23|54)[0-9A-Z]{3}$/.test(code)
}

/** The receipt comes last: a process that dies before it reads all of the batch again, and stores nothing twice. */
async function storeAround(
  pool: pg.Pool,
  pieces: readonly Piece[],
  receipt: BatchReceipt,
): Promise<StoredBatch> {
  const parts = await storeParts(pool, pieces, {
    ...receipt,
    checkpoint: null,
    records: 0,
    eventsByKind: {},
    rejections: [],
  })
  const { ahead = 0 } = receipt
  const told = parts.refused.map((one) => ({ ...one, position: one.position - ahead }))
  await writeBatch(pool, [], { ...receipt, rejections: [...receipt.rejections, ...told] })
  return parts
}

/** Halves until what is refused is one record: of n records with one such, some 2 log n transactions. */
async function storeParts(
  pool: pg.Pool,
  pieces: readonly Piece[],
  receipt: BatchReceipt,
): Promise<StoredBatch> {
  if (pieces.length === 0) return NOTHING
  const { creations, rest } = toBatch(pieces)
  try {
    return { ...(await writeBatch(pool, creations, receipt, rest)), refused: [] }
  } catch (error) {
    if (!isRefused(error)) throw error
    const [only, ...more] = pieces
    if (only !== undefined && more.length === 0) return { ...NOTHING, refused: rejectionOf(only) }
    const middle = Math.ceil(pieces.length / 2)
    const first = await storeParts(pool, pieces.slice(0, middle), receipt)
    return joined(first, await storeParts(pool, pieces.slice(middle), receipt))
  }
}

const NOTHING: StoredBatch = { executions: 0, executionsDuplicate: 0, newExecutions: new Set(), refused: [] }

function joined(a: StoredBatch, b: StoredBatch): StoredBatch {
  return {
    executions: a.executions + b.executions,
    executionsDuplicate: a.executionsDuplicate + b.executionsDuplicate,
    newExecutions: new Set([...a.newExecutions, ...b.newExecutions]),
    refused: [...a.refused, ...b.refused],
  }
}

type Loose = { creations: IncomingCreation[]; rest: { [K in keyof IncomingRest]: IncomingRest[K][number][] } }
/** One thing to store. `event`: null = it is made of many. */
type Piece = { event: { position: number; recordId: string | null } | null; addTo: (batch: Loose) => void }

function toPieces(creations: readonly IncomingCreation[], rest: IncomingRest): Piece[] {
  return [
    ...creations.map((one) => ({ event: one.event, addTo: (batch: Loose) => batch.creations.push(one) })),
    ...rest.following.map((one) => ({
      event: one.event,
      addTo: (batch: Loose) => batch.rest.following.push(one),
    })),
    ...rest.attempts.map((one) => ({
      event: one.event,
      addTo: (batch: Loose) => batch.rest.attempts.push(one),
    })),
    ...rest.policies.map((one) => ({
      event: one.event,
      addTo: (batch: Loose) => batch.rest.policies.push(one),
    })),
    ...rest.telemetry.map((one) => ({
      event: null,
      addTo: (batch: Loose) => batch.rest.telemetry.push(one),
    })),
  ]
}

function toBatch(pieces: readonly Piece[]): Loose {
  const batch: Loose = { creations: [], rest: { following: [], attempts: [], policies: [], telemetry: [] } }
  for (const { addTo } of pieces) addTo(batch)
  return batch
}

function rejectionOf({ event }: Piece): Rejection[] {
  if (event === null) return []
  const { position, recordId } = event
  return [
    { position, recordId, reason: 'the database cannot hold what it says: it was logged on the server' },
  ]
}

import { Buffer } from 'node:buffer'
import { setImmediate } from 'node:timers/promises'
import { ONLY_COUNTED } from '@/lib/pipeline/normalise/record/to-event'
import { JsonPart } from '@/lib/pipeline/parse/json'
import { storeBatch } from '@/lib/store/ingest/store-batch'
import { type PreparedBatch, prepareBatch } from '@/lib/store/ingest/write-batch'
import type { Pool } from '@/lib/store/pool'
import { Batch, type TakenBatch } from './batch'
import { damageReason, isFault } from './damage'
import { loadRecogniser } from './load-recogniser'

/** A part to read. `skip`: records at its start that are stored already. `damage`: why its file ends behind it. */
export type PartOrder = {
  id: number
  bytes: Uint8Array
  place: { isFirst: boolean; isLast: boolean }
  damage: string | null
  importFileId: number
  defaultHost: string | null
  keptFromUs: number
  skip: number
}

/**
 * What a part holds. `endsBetweenRecords`: whether the next part may be read without it. `problem`: why what follows it is not read.
 */
export type PartRead = { records: number; endsBetweenRecords: boolean; problem: string | null }

/** `before`: records of the parts before it. */
export type WriteOrder = { id: number; before: number; skip: number }

/** Records read between two looks at what the database and other threads said. */
const RECORDS_BETWEEN_LOOKS = 16

type Read = PartRead & { batch: TakenBatch; prepared: Promise<PreparedBatch | null> }
type Held = { order: PartOrder; read: Read }

/** Reads parts of files to the point where only their turn to be written is missing, and writes them when it comes: their records stay in its thread. */
export class PartReader {
  private readonly held = new Map<number, Held>()
  private last: Promise<unknown> = Promise.resolve()
  private readonly recogniser: ReturnType<typeof loadRecogniser>

  constructor(private readonly pool: Pool) {
    this.recogniser = loadRecogniser(pool)
    this.recogniser.catch(() => undefined)
  }

  /** One part after the other. */
  read(order: PartOrder): Promise<PartRead> {
    const reading = this.last.then(async () => {
      const read = await this.readPart(order, order.skip)
      this.held.set(order.id, { order, read })
      const { records, endsBetweenRecords, problem } = read
      return { records, endsBetweenRecords, problem }
    })
    this.last = reading.catch(() => undefined)
    return reading
  }

  /** Writes a part that was read, all of it that is not stored already. */
  async write({ id, before, skip }: WriteOrder): Promise<void> {
    const held = this.held.get(id)
    if (held === undefined) throw new Error('a part is to be written that was not read')
    this.held.delete(id)
    const { order } = held
    const read = skip === order.skip ? held.read : await this.readPart(order, skip)
    const { creations, rest, receipt } = read.batch
    if (receipt.records === 0) return
    const moved = receipt.rejections.map((one) => ({ ...one, position: one.position + before }))
    const checkpoint = receipt.checkpoint === null ? null : receipt.checkpoint + before
    const placed = { ...receipt, checkpoint, ahead: -before, rejections: moved }
    await storeBatch(this.pool, creations, placed, rest, await read.prepared.catch(() => null))
  }

  private async readPart(order: PartOrder, skip: number): Promise<Read> {
    const { bytes, place, importFileId, defaultHost, keptFromUs } = order
    const file = { id: importFileId, checkpoint: skip, finished: false }
    const batch = new Batch(file, await this.recogniser, defaultHost, keptFromUs)
    const part = new JsonPart(place, { outline: ONLY_COUNTED })
    let records = 0
    let problem = order.damage
    try {
      for (const item of part.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) {
        if (++records > skip) batch.add(item)
        if (records % RECORDS_BETWEEN_LOOKS === 0) await setImmediate()
      }
    } catch (error) {
      if (isFault(error)) throw error
      problem = damageReason(error)
    }
    if (problem !== null) batch.reject(problem)
    const taken = batch.take()
    const prepared = prepareBatch(this.pool, taken.creations, taken.rest)
    // told of by whoever writes it
    prepared.catch(() => undefined)
    return { records, endsBetweenRecords: part.endsBetweenRecords, problem, batch: taken, prepared }
  }
}

import type { Rejection } from '@/lib/pipeline/event/raw-record'
import type { BatchReceipt } from '@/lib/store/ingest/receipt'
import type { IncomingRest } from '@/lib/store/ingest/write-batch'
import { MAX_CHARACTERS, MAX_RECORDS, type TakenBatch } from './batch'

/** What became of a request's batch, once it is committed. `refused`: what the database cannot hold, in positions of the request. */
export type WrittenBatch = { executions: number; duplicates: number; refused: readonly Rejection[] }

/** Writes batches of one file in one transaction; answers for each, in their order. */
type WriteTogether = (batches: readonly TakenBatch[]) => Promise<WrittenBatch[]>
type InTurn = <T>(work: () => Promise<T>) => Promise<T>

type Waiting = {
  batch: TakenBatch
  resolve: (written: WrittenBatch) => void
  reject: (error: unknown) => void
}

/**
 * Requests of one sender that arrive while another of theirs is written are committed together: a small one does not pay for a transaction of its own.
 * Each is answered after its commit. Where a transaction of several fails, each is tried alone, so that none fails for another.
 */
export class GroupedWriter {
  private readonly waiting = new Map<number, Waiting[]>()
  private readonly writers = new Map<number, number>()

  constructor(
    private readonly inTurn: InTurn,
    private readonly writeTogether: WriteTogether,
  ) {}

  write(batch: TakenBatch): Promise<WrittenBatch> {
    const { importFileId } = batch.receipt
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(importFileId) ?? []
      this.waiting.set(importFileId, queue)
      queue.push({ batch, resolve, reject })
      // what fills a transaction of its own need not wait for the one under way
      if (!this.writers.has(importFileId) || isFull(queue)) void this.drain(importFileId, queue)
    })
  }

  private async drain(fileId: number, queue: Waiting[]): Promise<void> {
    this.writers.set(fileId, (this.writers.get(fileId) ?? 0) + 1)
    while (queue.length > 0) await this.inTurn(() => this.writeGroup(takeGroup(queue)))
    const others = (this.writers.get(fileId) ?? 1) - 1
    if (others > 0) this.writers.set(fileId, others)
    else {
      this.writers.delete(fileId)
      this.waiting.delete(fileId)
    }
  }

  /** Throws nothing: every waiting one gets its answer. */
  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    if (group.length === 0) return
    try {
      const written = await this.writeTogether(group.map(({ batch }) => batch))
      for (const [index, { resolve }] of group.entries())
        resolve(written[index] ?? { executions: 0, duplicates: 0, refused: [] })
    } catch (error) {
      const [first, ...more] = group
      if (more.length === 0) first?.reject(error)
      else for (const one of group) await this.writeGroup([one])
    }
  }
}

function sizeOf(waiting: readonly Waiting[]): { records: number; characters: number } {
  let [records, characters] = [0, 0]
  for (const { batch } of waiting) {
    records += batch.receipt.records
    characters += batch.characters
  }
  return { records, characters }
}

function isFull(waiting: readonly Waiting[]): boolean {
  const { records, characters } = sizeOf(waiting)
  return records >= MAX_RECORDS || characters >= MAX_CHARACTERS
}

/** The first ones that fit a transaction together, at least one of them; another writer may have left none. */
function takeGroup(queue: Waiting[]): Waiting[] {
  const group = queue.splice(0, 1)
  for (let next = queue[0]; next !== undefined; next = queue[0]) {
    if (isFull([...group, next])) break
    group.push(...queue.splice(0, 1))
  }
  return group
}

/** Several batches of one file as one; positions of rejections go on from one batch to the next. */
export function mergeBatches(batches: readonly TakenBatch[]): Omit<TakenBatch, 'characters'> {
  if (batches.length === 0) throw new Error('nothing to write')
  return {
    creations: batches.flatMap(({ creations }) => creations),
    rest: mergeRest(batches.map(({ rest }) => rest)),
    receipt: batches.map(({ receipt }) => receipt).reduce(addReceipt),
  }
}

function mergeRest(rests: readonly IncomingRest[]): IncomingRest {
  return {
    following: rests.flatMap(({ following }) => following),
    attempts: rests.flatMap(({ attempts }) => attempts),
    policies: rests.flatMap(({ policies }) => policies),
    telemetry: rests.flatMap(({ telemetry }) => telemetry),
  }
}

function addReceipt(before: BatchReceipt, next: BatchReceipt): BatchReceipt {
  const eventsByKind = { ...before.eventsByKind }
  for (const [kind, events] of Object.entries(next.eventsByKind))
    eventsByKind[kind] = (eventsByKind[kind] ?? 0) + events
  const moved = next.rejections.map((one) => ({ ...one, position: one.position + before.records }))
  return {
    ...before,
    records: before.records + next.records,
    eventsByKind,
    rejections: [...before.rejections, ...moved],
    firstAtUs: chosenOf(before.firstAtUs, next.firstAtUs, Math.min),
    lastAtUs: chosenOf(before.lastAtUs, next.lastAtUs, Math.max),
  }
}

function chosenOf(
  a: number | null,
  b: number | null,
  choose: (a: number, b: number) => number,
): number | null {
  return a === null || b === null ? (a ?? b) : choose(a, b)
}

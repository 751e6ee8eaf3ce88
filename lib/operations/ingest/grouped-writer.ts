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

/** What is written in one transaction: as many as fit, at least one. */
type Group = { members: Waiting[]; records: number; characters: number }

/**
 * Requests of one sender that arrive while another of theirs is written are committed together: a small one does not pay for a transaction of its own.
 * Each is answered after its commit. Where a transaction of several fails, each is tried alone, so that none fails for another.
 */
export class GroupedWriter {
  private readonly waiting = new Map<number, Group[]>()
  private readonly writers = new Map<number, number>()

  constructor(
    private readonly inTurn: InTurn,
    private readonly writeTogether: WriteTogether,
  ) {}

  write(batch: TakenBatch): Promise<WrittenBatch> {
    const { importFileId } = batch.receipt
    return new Promise((resolve, reject) => {
      const groups = this.waiting.get(importFileId) ?? []
      this.waiting.set(importFileId, groups)
      const isFull = addTo(groups, { batch, resolve, reject })
      // what fills a transaction of its own need not wait for the one under way
      if (!this.writers.has(importFileId) || isFull) void this.drain(importFileId, groups)
    })
  }

  private async drain(fileId: number, groups: Group[]): Promise<void> {
    this.writers.set(fileId, (this.writers.get(fileId) ?? 0) + 1)
    // another writer may have left none when its turn comes
    while (groups.length > 0) await this.inTurn(() => this.writeGroup(groups.shift()?.members ?? []))
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

/** Puts it into the last group, or into one of its own where it does not fit there. Answers whether as much waits as fills a transaction. */
function addTo(groups: Group[], one: Waiting): boolean {
  const { characters, receipt } = one.batch
  const alone = { records: receipt.records, characters }
  const last = groups.at(-1)
  const together = {
    records: (last?.records ?? 0) + alone.records,
    characters: (last?.characters ?? 0) + alone.characters,
  }
  const isFull = together.records >= MAX_RECORDS || together.characters >= MAX_CHARACTERS
  if (last === undefined || isFull) groups.push({ members: [one], ...alone })
  else {
    last.members.push(one)
    Object.assign(last, together)
  }
  return isFull || groups.length > 1
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

import os from 'node:os'
import { env } from '@/lib/env'
import { Calls } from '@/lib/operations/threads/calls'
import { hasThreads, startThread } from '@/lib/operations/threads/start-thread'
import type { Pool } from '@/lib/store/pool'
import type { PartMethods } from './ingest-thread'
import type { PartOrder, PartRead } from './part-reader'

/** More would wait for the database, which stores one part at a time, and hold more than 500 MB together. */
const MOST_THREADS = 2
/** Parts that a thread has besides the one that it reads: what is read waits for its turn. */
const PARTS_A_THREAD = 2
/** Records of 2 kB make half a transaction of it: each thread holds several parts, and all of it stays below 500 MB. */
const PART_BYTES = 4 * 1024 * 1024

/** A part that a thread reads. */
export type Reading = {
  read: Promise<PartRead>
  /** Stores it, once it is read and every part before it is stored. */
  write: (before: number, skip: number) => Promise<void>
}

type Thread = { calls: Calls<PartMethods>; end: () => Promise<unknown>; parts: number }

/** Gives work threads that read, for as long as it takes. */
export async function withReaderThreads<T>(
  pool: Pool,
  work: (threads: ReaderThreads) => Promise<T>,
): Promise<T> {
  const threads = new ReaderThreads(pool)
  try {
    return await work(threads)
  } finally {
    await threads.end()
  }
}

/** Threads that read parts of files, started when the first part asks for them. */
export class ReaderThreads {
  private threads: Thread[] = []
  private lastId = 0

  /** @param most threads; by default one processor is left to the database, which stores what they read @param partBytes what each is given at once */
  constructor(
    private readonly pool: Pool,
    private readonly most = env('CORDON_READERS') ?? Math.min(os.availableParallelism() - 1, MOST_THREADS),
    readonly partBytes = PART_BYTES,
  ) {}

  /** One thread would only cost what it loads anew. */
  areThere(): boolean {
    return hasThreads() && this.most > 1
  }

  /** How many parts are worth to be begun before the first of them is stored. */
  mostParts(): number {
    return this.most * PARTS_A_THREAD
  }

  /** Gives a part to the thread that has least to do. */
  read(order: Omit<PartOrder, 'id'>): Reading {
    if (this.threads.length < this.most) this.threads.push(this.start())
    const [thread] = this.threads.toSorted((a, b) => a.parts - b.parts)
    if (thread === undefined) throw new Error('there is no thread')
    const id = ++this.lastId
    thread.parts++
    const read = thread.calls.call('read', { ...order, id })
    // told of by whoever waits for it
    read.catch(() => undefined)
    return {
      read,
      write: async (before, skip) => {
        await thread.calls.call('write', { id, before, skip })
        thread.parts--
      },
    }
  }

  /** Ends the threads; what they have not stored is not stored. */
  async end(): Promise<void> {
    const ending = this.threads
    this.threads = []
    await Promise.all(ending.map(({ end }) => end()))
  }

  private start(): Thread {
    const thread = startThread(this.pool)
    return { calls: new Calls(thread), end: () => thread.terminate(), parts: 0 }
  }
}

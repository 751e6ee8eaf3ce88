import type { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import { isBehindPages } from '@/lib/priority'
import type { Pool } from '@/lib/store/pool'

/** What a thread is told at its start. */
export type ThreadStart = { connectionString: string; behindPages: boolean }

/**
 * Of a thread's heap. What lives longer: several times what it remembers and what admitted requests and parts hold at their most. What is new: reading
 * makes much of it, and hardly any stays. Told nothing, V8 goes by the machine's memory, and lets what nobody needs any more grow to several times what
 * is needed; by this limit to about half as much again.
 */
const HEAP = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 16 }

/** Whether this process has a program for threads: a development server, and tests that ask for none, do all work where it arises. */
export function hasThreads(): boolean {
  return env('CORDON_THREAD') !== undefined
}

/** Starts a thread that reads events, with connections of its own to a pool's database (worker/ingest-thread.ts). Pages come before it as before who starts it, unless it is said. */
export function startThread(pool: Pool, behindPages = isBehindPages()): Worker {
  const { connectionString = '' } = pool.options
  // asked for here: the build of the pages makes a bundle of whatever it sees a thread begin with, and finds nothing
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads')
  return new Thread(env('CORDON_THREAD') ?? '', {
    workerData: { connectionString, behindPages } satisfies ThreadStart,
    resourceLimits: HEAP,
    // what tells a process to end with its parent is for processes
    execArgv: ['--enable-source-maps'],
  })
}

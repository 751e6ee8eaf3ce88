import type { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import type { Pool } from '@/lib/store/pool'

/** What a thread is told at its start. `nice`: by how much others come before it. */
export type ThreadStart = { connectionString: string; nice: number }

/** Whether this process has a program for threads: a development server, and tests that ask for none, do all work where it arises. */
export function hasThreads(): boolean {
  return env('CORDON_THREAD') !== undefined
}

/** Starts a thread that reads events, with connections of its own to a pool's database (worker/ingest-thread.ts). */
export function startThread(pool: Pool, nice: number): Worker {
  const { connectionString = '' } = pool.options
  // asked for here: the build of the pages makes a bundle of whatever it sees a thread begin with, and finds nothing
  const { Worker: Thread } = process.getBuiltinModule('node:worker_threads')
  return new Thread(env('CORDON_THREAD') ?? '', {
    workerData: { connectionString, nice } satisfies ThreadStart,
    // what tells a process to end with its parent is for processes
    execArgv: ['--enable-source-maps'],
  })
}

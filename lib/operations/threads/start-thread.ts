import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { env } from '@/lib/env'
import type { Pool } from '@/lib/store/pool'

/** What a thread is told at its start. `nice`: by how much others come before it. */
export type ThreadStart = { connectionString: string; nice: number }

/** Whether this process has programs for threads: a development server, and tests that ask for none, do all work where it arises. */
export function hasThreads(): boolean {
  return env('CORDON_PROGRAMS') !== undefined
}

/** Starts a thread that reads events, with connections of its own to a pool's database (worker/ingest-thread.ts). */
export function startThread(pool: Pool, nice: number): Worker {
  const { connectionString = '' } = pool.options
  return new Worker(path.join(env('CORDON_PROGRAMS') ?? '', 'ingest-thread.mjs'), {
    workerData: { connectionString, nice } satisfies ThreadStart,
    // what tells a process to end with its parent is for processes
    execArgv: ['--enable-source-maps'],
  })
}

import { ExpectedError } from '@/lib/errors'
import { closePool, type Pool, pool } from '@/lib/store/pool'

/** Runs a command's work on the process's pool; an expected failure is one sentence and exit code 1. */
export async function runCommand(work: (pool: Pool) => Promise<void>): Promise<void> {
  try {
    await work(pool())
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error
    process.stderr.write(`✖ ${error.message}\n`)
    process.exitCode = 1
  } finally {
    await closePool()
  }
}

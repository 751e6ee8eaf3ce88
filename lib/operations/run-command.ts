import { ExpectedError, toUnavailable } from '@/lib/errors'
import { closePool, type Pool, pool } from '@/lib/store/pool'

/** Runs a command's work on the process's pool; an expected failure, and a database that is away or full, is one sentence and exit code 1. */
export async function runCommand(work: (pool: Pool) => Promise<void>): Promise<void> {
  try {
    await work(pool())
  } catch (error) {
    const expected = error instanceof ExpectedError ? error : toUnavailable(error)
    if (expected === null) throw error
    process.stderr.write(`✖ ${expected.message}\n`)
    process.exitCode = 1
  } finally {
    await closePool()
  }
}

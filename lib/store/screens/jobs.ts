import { pool } from '@/lib/store/pool'
import { findRow, sql } from '@/lib/store/sql'

/** The newest thing that the worker was asked to do to past executions after a change of the catalogue. */
export type LastJob = {
  state: 'queued' | 'running' | 'done' | 'failed'
  /** The entries it is about. */
  title: string
  /** Processes looked at so far. */
  looked: number
  result: { executions: number; hosts: number } | null
  error: string | null
}

/** null = the worker was never asked. */
export async function findLastJob(): Promise<LastJob | null> {
  return await findRow<LastJob>(
    pool(),
    sql`SELECT state, title, done AS looked, result, error FROM job WHERE kind = 'rematch' ORDER BY id DESC LIMIT 1`,
  )
}

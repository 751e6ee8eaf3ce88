import { setTimeout as delay } from 'node:timers/promises'
import { pool } from '@/lib/store/pool'
import { execute, findRow, sql } from '@/lib/store/sql'

/** What a worker calls its connection, so that others see that it is there. */
export const WORKER_NAME = 'cordon worker'

export type Health = {
  /** Whether the pages can be served. */
  ok: boolean
  database: 'up' | 'down'
  worker: 'up' | 'none' | 'unknown'
  /** What is wrong, and what to do. */
  reasons: string[]
}

/** A database that takes longer does not answer. */
const PATIENCE_MS = 5_000

/** Whether the database answers. */
export async function databaseAnswers(): Promise<boolean> {
  return await execute(pool(), sql`SELECT 1`).then(
    () => true,
    () => false,
  )
}

/** Whether this installation can do its work. A missing worker stops no page: nothing new is read or computed meanwhile. */
export async function checkHealth(): Promise<Health> {
  const counted = findRow<{ workers: number }>(
    pool(),
    sql`SELECT count(*)::int AS workers FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = ${WORKER_NAME}`,
  ).catch(() => null)
  const workers = await Promise.race([counted, delay(PATIENCE_MS, null, { ref: false })])
  if (workers === null)
    return {
      ok: false,
      database: 'down',
      worker: 'unknown',
      reasons: ['The database does not answer: check that PostgreSQL runs and that DATABASE_URL names it.'],
    }
  if (workers.workers === 0)
    return {
      ok: true,
      database: 'up',
      worker: 'none',
      reasons: ['No worker is connected: uploads wait and nothing is computed until one runs.'],
    }
  return { ok: true, database: 'up', worker: 'up', reasons: [] }
}

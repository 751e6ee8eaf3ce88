import type { Pool } from './pool'
import { findRow, sql } from './sql'

/** Does the work while no other process does work under the same key; null at once where one does. Whoever dies lets go. */
export async function underLock<T>(pool: Pool, key: number, work: () => Promise<T>): Promise<T | null> {
  const holder = await pool.connect()
  try {
    const lock = await findRow<{ ok: boolean }>(holder, sql`SELECT pg_try_advisory_lock(${key}) AS ok`)
    return lock?.ok ? await work() : null
  } finally {
    await holder.query(`SELECT pg_advisory_unlock(${key})`).catch(() => undefined)
    holder.release()
  }
}

import type { Pool } from './pool'
import { execute, findRow, sql } from './sql'

/** Every advisory lock that is taken under a number of its own: one number twice would have strangers wait for each other. */
export const LOCKS = {
  /** Serialises appenders, so that each row follows the one committed before it. */
  audit: 4_823_001,
  /** Whoever changes which name belongs to which host takes it. */
  hostNames: 7_206_101,
  /** Leading the computing of what waits. */
  computing: 7_206_102,
  settings: 7_206_103,
  jobs: 7_206_104,
  /** Placing hosts in groups by name patterns. */
  placing: 7_206_105,
  exports: 7_206_106,
  /** Writing what hosts share. */
  fleet: 7_206_107,
  /** Gathering original records. */
  records: 7_206_108,
  /** Admitting uploads. */
  uploads: 7_206_109,
} as const

/** Does the work while no other process does work under the same lock; null at once where one does. Whoever dies lets go. */
export async function underLock<T>(
  pool: Pool,
  lock: keyof typeof LOCKS,
  work: () => Promise<T>,
): Promise<T | null> {
  const holder = await pool.connect()
  const key = LOCKS[lock]
  try {
    const held = await findRow<{ ok: boolean }>(holder, sql`SELECT pg_try_advisory_lock(${key}) AS ok`)
    if (!held?.ok) return null
    return await work().finally(() =>
      execute(holder, sql`SELECT pg_advisory_unlock(${key})`).catch(() => undefined),
    )
  } finally {
    holder.release()
  }
}

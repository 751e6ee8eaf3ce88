import { setTimeout as delay } from 'node:timers/promises'
import { placeHostsByRules } from '@/lib/operations/group-rules'
import { moveNextDay } from '@/lib/store/host-moves'
import { refreshStatistics } from '@/lib/store/partitions'
import type { Pool } from '@/lib/store/pool'
import { countNextAttemptDays } from '@/lib/store/recompute/attempt-days'
import { refreshUse } from '@/lib/store/recompute/refresh-use'
import { countWork, findNextDay, queueEverything } from '@/lib/store/recompute/work-queue'
import { noteComputed } from '@/lib/store/screens/remembered'
import { type Db, findRow, isSerialisationFailure, sql, transaction } from '@/lib/store/sql'
import { computeDay } from './compute-day'

/** Hosts of one day computed in one transaction. */
const HOSTS_A_STEP = 200
const RECOMPUTE_LOCK = 7_206_102

export type RecomputeProgress = { hosts: number; from: string | null }

/**
 * Works off everything that waits, the earliest day of the whole fleet first, so that a day reads only finished days.
 * One process computes at a time; answers false at once when another one does.
 */
export async function recompute(
  pool: Pool,
  options: { onProgress?: (progress: RecomputeProgress) => void; isStopped?: () => boolean } = {},
): Promise<boolean> {
  const holder = await pool.connect()
  try {
    if (!(await tryLock(holder))) return false
    await placeHostsByRules(pool)
    await refreshStatistics(pool)
    while (!options.isStopped?.() && (await computeNext(pool))) {
      await noteComputed(pool)
      options.onProgress?.(await countWork(pool))
    }
    if (await refreshUse(pool, options.isStopped)) await noteComputed(pool)
    return true
  } finally {
    await holder.query(`SELECT pg_advisory_unlock(${RECOMPUTE_LOCK})`).catch(() => undefined)
    holder.release()
  }
}

async function tryLock(db: Db): Promise<boolean> {
  const locked = await findRow<{ ok: boolean }>(db, sql`SELECT pg_try_advisory_lock(${RECOMPUTE_LOCK}) AS ok`)
  return locked?.ok ?? false
}

const ATTEMPTS = 5

/** One step. Ingest may hold the rows that a step wants: PostgreSQL then gives up one of both, and the step is simply taken again. */
async function computeNext(pool: Pool): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      // facts first: a day is computed where they are at home
      if (await moveNextDay(pool)) return true
      if (await countNextAttemptDays(pool)) return true
      const work = await findNextDay(pool, HOSTS_A_STEP)
      if (!work) return false
      await computeDay(pool, work)
      return true
    } catch (error) {
      if (attempt === ATTEMPTS || !isSerialisationFailure(error)) throw error
    }
  }
}

/** Queues every host from its first day, as if nothing had been computed yet. */
export async function queueRebuild(pool: Pool): Promise<void> {
  await transaction(pool, queueEverything)
}

const POLL_MS = 500

/** Works off everything that waits, or watches another process do it, until nothing waits or it is stopped. */
export async function finishWork(
  pool: Pool,
  onProgress: (progress: RecomputeProgress) => void,
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (let left = await countWork(pool); left.hosts > 0 && !isStopped(); left = await countWork(pool)) {
    onProgress(left)
    if (!(await recompute(pool, { onProgress, isStopped }))) await delay(POLL_MS)
  }
}

import { pool } from '@/lib/store/pool'
import { countWork } from '@/lib/store/recompute/work-queue'
import { findRow, sql } from '@/lib/store/sql'

/** What the worker still has to do. */
export type PendingWork = {
  /** Hosts whose days are to be computed, and the first of these days. */
  hosts: number
  from: string | null
  /** Uploads that wait or are being read. */
  uploads: number
}

export async function findPendingWork(): Promise<PendingWork> {
  const [work, uploads] = await Promise.all([
    countWork(pool()),
    findRow<{ uploads: string }>(
      pool(),
      sql`SELECT count(*) AS uploads FROM upload WHERE channel IN ('browser', 'api') AND state IN ('receiving', 'queued', 'running')`,
    ),
  ])
  return { ...work, uploads: Number(uploads?.uploads ?? 0) }
}

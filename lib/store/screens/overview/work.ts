import { pool } from '@/lib/store/pool'
import { countWork } from '@/lib/store/recompute/work-queue'
import { type ImportViewer, visibleTo } from '@/lib/store/screens/imports'
import { findRow, sql } from '@/lib/store/sql'

/** What the worker still has to do, as far as it is of what somebody sees. */
export type PendingWork = {
  /** Hosts whose days are to be computed, and the first of these days. */
  hosts: number
  from: string | null
  /** Uploads that wait or are being read. */
  uploads: number
}

export async function findPendingWork(viewer: ImportViewer): Promise<PendingWork> {
  const [work, uploads] = await Promise.all([
    countWork(pool(), viewer.scope),
    findRow<{ uploads: string }>(
      pool(),
      sql`SELECT count(*) AS uploads FROM upload u WHERE channel IN ('browser', 'api') AND state IN ('receiving', 'queued', 'running')
          ${visibleTo(viewer)}`,
    ),
  ])
  return { ...work, uploads: Number(uploads?.uploads ?? 0) }
}

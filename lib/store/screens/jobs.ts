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

/** How far the taking back of an import is. */
export type TakingBack = {
  state: LastJob['state']
  actorName: string
  /** When it was asked for, in µs, and why. */
  atUs: number | null
  reason: string | null
  /** Days of hosts' names: done, and all; both 0 until they are listed, and once it is over. */
  done: number
  days: number
  error: string | null
}

/** The newest that was asked for of an upload; null = none was. */
export async function findTakingBack(uploadId: string): Promise<TakingBack | null> {
  return await findRow<TakingBack>(
    pool(),
    sql`SELECT j.state, j.actor_name AS "actorName", a.at AS "atUs", a.reason, j.error, d.done, d.days FROM job j
        LEFT JOIN LATERAL (SELECT at, detail->>'reason' AS reason FROM audit_entry
          WHERE subject_kind = 'upload' AND subject_id = ${uploadId} AND action = 'upload-taken-back' ORDER BY id DESC LIMIT 1) a ON true,
          LATERAL (SELECT count(*)::int AS days, count(*) FILTER (WHERE t.done)::int AS done FROM take_back_day t WHERE t.upload_id = ${uploadId}::uuid) d
        WHERE j.kind = 'take-back' AND j.argument->>'uploadId' = ${uploadId} ORDER BY j.id DESC LIMIT 1`,
  )
}

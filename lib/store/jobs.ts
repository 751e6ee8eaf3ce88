import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, findRow, sql } from './sql'

/** What the worker can be asked to do, with what it takes to do it. */
export type JobArgument = { kind: 'rematch'; entryIds: readonly number[] }

export type Job = { id: string; argument: JobArgument }

/** Leaves work to the worker, in the transaction that makes it necessary. */
export async function enqueueJob(
  tx: PrismaTransaction,
  argument: JobArgument,
  { title, actorName }: { title: string; actorName: string },
): Promise<void> {
  const { kind, ...rest } = argument
  await tx.job.create({
    data: { kind, argument: { ...rest, entryIds: [...rest.entryIds] }, title, actorName },
  })
  await tx.$executeRaw`NOTIFY cordon_work`
}

/** Takes the oldest job that is not done, also one that a worker died over: one process at a time may ask. */
export async function takeJob(db: Db): Promise<Job | null> {
  const row = await findRow<{ id: string; kind: JobArgument['kind']; argument: { entryIds: number[] } }>(
    db,
    sql`UPDATE job SET state = 'running', started_at = now(), done = 0
        WHERE id = (SELECT id FROM job WHERE state IN ('queued', 'running') ORDER BY id LIMIT 1) RETURNING id, kind, argument`,
  )
  return row && { id: row.id, argument: { kind: row.kind, ...row.argument } }
}

/** `done`: of what the job counts. */
export async function noteProgress(db: Db, id: string, done: number): Promise<void> {
  await execute(db, sql`UPDATE job SET done = ${done} WHERE id = ${id}::bigint`)
}

export async function finishJob(db: Db, id: string, result: Json): Promise<void> {
  await execute(
    db,
    sql`UPDATE job SET state = 'done', finished_at = now(), result = ${JSON.stringify(result)}::jsonb WHERE id = ${id}::bigint`,
  )
}

/** `error`: for the person who asked for it. */
export async function failJob(db: Db, id: string, error: string): Promise<void> {
  await execute(
    db,
    sql`UPDATE job SET state = 'failed', finished_at = now(), error = ${error} WHERE id = ${id}::bigint`,
  )
}

import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, findRow, sql } from './sql'

/** What the worker can be asked to do, with what it takes to do it. */
export type JobArgument =
  | { kind: 'rematch'; entryIds: readonly number[] }
  | { kind: 'take-back'; uploadId: string }

export type Job = { id: string; argument: JobArgument }

/** Leaves work to the worker, in the transaction that makes it necessary. */
export async function enqueueJob(
  tx: PrismaTransaction,
  argument: JobArgument,
  { title, actorName }: { title: string; actorName: string },
): Promise<void> {
  const { kind, ...rest } = argument
  await tx.job.create({
    data: { kind, argument: 'entryIds' in rest ? { entryIds: [...rest.entryIds] } : rest, title, actorName },
  })
  await tx.$executeRaw`NOTIFY cordon_work`
}

/** Takes the oldest job behind one (null: of all) that is not done, also one that a worker died over: one process at a time may ask. */
export async function takeJob(db: Db, after: string | null = null): Promise<Job | null> {
  return await findRow<Job>(
    db,
    sql`UPDATE job SET state = 'running', started_at = coalesce(started_at, now())
        WHERE id = (SELECT id FROM job WHERE state IN ('queued', 'running') AND id > coalesce(${after}::bigint, 0) ORDER BY id LIMIT 1)
        RETURNING id, argument || jsonb_build_object('kind', kind) AS argument`,
  )
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

import { lastDue, type Rhythm } from '@/lib/pipeline/export/rhythm'
import { mayNow, seesAll } from './accounts'
import { tellChange } from './changes'
import { isDue } from './is-due'
import { toTimestamp } from './pool'
import type { PrismaTransaction } from './prisma'
import { type Db, execute, findRow, rows, sql } from './sql'

/** One time that an export is due. Where it goes: a folder, or a webhook. */
export type ExportRun = {
  id: string
  scheduleId: number
  name: string
  export: string
  /** Query string of the page. */
  filters: string
  gzip: boolean
  /** µs since 1970. */
  dueAt: number
  /** How often it was tried, this time included. */
  attempts: number
  target: { folder: string } | { url: string; salt: string }
  /** Who set it up, and may not any more; null = they may. */
  orphanOf: string | null
}

/** Name of who set up schedule `s`, where they may schedule exports no longer: disabled, in another role, or limited to some hosts. */
export const ORPHAN_OF = sql`(SELECT a.name FROM account a WHERE a.id = s.saved_by_id
  AND NOT (${mayNow(sql`a`, 'schedule-exports')} AND ${seesAll(sql`a`)}))`

/** What is to be done about it. */
export function orphanWords(name: string): string {
  return `${name}, who set it up, may not schedule exports any more. Another administrator takes it over by saving it.`
}

/** Seconds after which a run is taken again that a worker died over. */
const LEASE_SECONDS = 120
/** Days that a run is remembered. Origin: as notifications are. */
const KEPT_DAYS = 90
const OVERTAKEN = 'The next time came before it could be sent.'

/**
 * Queues what is due now (µs since 1970): the last time of each schedule that is not paused. Times that no worker was there for are not made up, and
 * what an older time still waits for is given up: the newer one says it all.
 */
export async function queueDueRuns(db: Db, nowUs: number): Promise<void> {
  const schedules = await rows<Rhythm & { id: number; active_from: number }>(
    db,
    sql`SELECT id, every, hour, weekday, active_from FROM export_schedule WHERE NOT paused`,
  )
  const due = schedules
    .map(({ id, active_from: activeFrom, ...rhythm }) => ({ id, activeFrom, at: lastDue(rhythm, nowUs) }))
    .filter(({ activeFrom, at }) => at > activeFrom)
  if (due.length === 0) return
  // asked every few seconds: what is queued already takes no number
  await execute(
    db,
    sql`WITH queued AS (
          INSERT INTO export_run (schedule_id, due_at)
          SELECT d.schedule_id, d.due_at
          FROM unnest(${due.map(({ id }) => id)}::int[], ${due.map(({ at }) => toTimestamp(at))}::timestamptz[]) d(schedule_id, due_at)
          WHERE NOT EXISTS (SELECT FROM export_run r WHERE r.schedule_id = d.schedule_id AND r.due_at = d.due_at)
          ON CONFLICT DO NOTHING RETURNING schedule_id, due_at)
        UPDATE export_run r SET state = 'failed', finished_at = now(), error = concat_ws(' ', ${OVERTAKEN}::text, 'Last: ' || r.error)
        FROM queued q WHERE r.schedule_id = q.schedule_id AND r.state = 'queued' AND r.due_at < q.due_at`,
  )
}

/** Queues a run that somebody asks for, and wakes the worker. */
export async function queueRunIn(tx: PrismaTransaction, scheduleId: number, at: Date): Promise<void> {
  await tx.exportRun.create({ data: { scheduleId, dueAt: at } })
  await tx.$executeRaw`NOTIFY cordon_work`
}

/** Takes the run that waits longest; null = none is due. One process at a time may ask. */
export async function takeRun(db: Db): Promise<ExportRun | null> {
  const row = await findRow<
    Omit<ExportRun, 'target'> & { folder: string | null; url: string | null; salt: string | null }
  >(
    db,
    sql`UPDATE export_run r SET attempts = attempts + 1, next_at = now() + make_interval(secs => ${LEASE_SECONDS})
        FROM export_schedule s WHERE s.id = r.schedule_id AND r.id = (
          SELECT id FROM export_run WHERE state = 'queued' AND ${isDue(sql`next_at`)} ORDER BY next_at, id LIMIT 1)
        RETURNING r.id, r.schedule_id AS "scheduleId", s.name, s.export, s.filters, s.gzip, r.due_at AS "dueAt", r.attempts, s.folder, s.url, s.salt,
          ${ORPHAN_OF} AS "orphanOf"`,
  )
  if (row === null) return null
  const { folder, url, salt, ...run } = row
  return { ...run, target: folder === null ? { url: url ?? '', salt: salt ?? '' } : { folder } }
}

/** What was sent. `rows` without the header; `bytes` and SHA-256 of the file as it was sent. */
export type SentFile = { file: string; rows: number; bytes: number; sha256: string }

/** Notes that a run is done. */
export async function noteSent(tx: PrismaTransaction, id: string, sent: SentFile, at: Date): Promise<void> {
  await tx.exportRun.updateMany({
    where: { id: BigInt(id) },
    data: { ...sent, state: 'sent', error: null, finishedAt: at },
  })
}

/** Notes that a run is given up. */
export async function noteGivenUp(tx: PrismaTransaction, id: string, error: string, at: Date): Promise<void> {
  await tx.exportRun.updateMany({
    where: { id: BigInt(id) },
    data: { state: 'failed', error, finishedAt: at },
  })
}

/** Notes that an attempt failed, and when the next is due. */
export async function noteRetry(db: Db, id: string, error: string, seconds: number): Promise<void> {
  await execute(
    db,
    sql`UPDATE export_run SET error = ${error}, next_at = now() + make_interval(secs => ${seconds}) WHERE id = ${id}::bigint`,
  )
  await tellChange(db, 'export')
}

/** Puts a run back that this process may not finish, as if it had not been taken. */
export async function putBack(db: Db, id: string): Promise<void> {
  await execute(
    db,
    sql`UPDATE export_run SET attempts = attempts - 1, next_at = now() WHERE id = ${id}::bigint`,
  )
}

export async function forgetOldRuns(db: Db): Promise<void> {
  await execute(
    db,
    sql`DELETE FROM export_run WHERE state <> 'queued' AND due_at < now() - make_interval(days => ${KEPT_DAYS})`,
  )
}

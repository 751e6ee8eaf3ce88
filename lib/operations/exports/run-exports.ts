import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { failedAttempt } from '@/lib/operations/failed-attempt'
import { systemActor } from '@/lib/pipeline/actor'
import { underLock } from '@/lib/store/advisory-lock'
import {
  type ExportRun,
  forgetOldRuns,
  noteGivenUp,
  noteRetry,
  noteSent,
  orphanWords,
  putBack,
  queueDueRuns,
  type SentFile,
  takeRun,
} from '@/lib/store/export-schedules'
import type { Pool } from '@/lib/store/pool'
import { sendExport } from './send-export'

const ACTOR = systemActor('scheduled exports')

/** Makes and sends the exports that are due, one after the other, one process at a time. Answers how many it tried: 0 also when another process is at it. */
export async function runExports(pool: Pool, stop: AbortSignal): Promise<number> {
  const done = await underLock(pool, 'exports', async () => {
    await queueDueRuns(pool, now().getTime() * 1000)
    for (let count = 0; ; count++) {
      const run = stop.aborted ? null : await takeRun(pool)
      if (run === null) return count
      await attempt(pool, run, stop)
    }
  })
  const tried = done ?? 0
  // nothing done, nothing more to forget
  if (tried > 0) await forgetOldRuns(pool)
  return tried
}

async function attempt(pool: Pool, run: ExportRun, stop: AbortSignal): Promise<void> {
  let sent: SentFile
  try {
    if (run.orphanOf !== null) throw new ExpectedError('forbidden', orphanWords(run.orphanOf))
    sent = await sendExport(run, stop)
  } catch (error) {
    if (stop.aborted) await putBack(pool, run.id)
    else await noteFailure(pool, run, error)
    return
  }
  await audited(ACTOR, subjectOf(run, 'export-sent', sent), (tx) => noteSent(tx, run.id, sent, now()))
}

async function noteFailure(pool: Pool, run: ExportRun, cause: unknown): Promise<void> {
  const { error, retrySeconds } = failedAttempt(cause, run.attempts, { run: run.id })
  if (retrySeconds !== null) return await noteRetry(pool, run.id, error, retrySeconds)
  await audited(ACTOR, subjectOf(run, 'export-given-up', { error }), (tx) =>
    noteGivenUp(tx, run.id, error, now()),
  )
}

/** What left, and where to; a webhook's path may hold a secret of the receiver's. */
function subjectOf(
  { scheduleId, name, export: table, filters, target }: ExportRun,
  action: string,
  more: SentFile | { error: string },
) {
  const to = 'folder' in target ? target.folder : new URL(target.url).host
  return {
    action,
    subjectKind: 'export',
    subjectId: String(scheduleId),
    detail: { name, export: table, filters, to, ...more },
  }
}

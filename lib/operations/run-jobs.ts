import { log } from '@/lib/log'
import { underLock } from '@/lib/store/advisory-lock'
import { findUploadState } from '@/lib/store/imports'
import { failJob, finishJob, type Job, type JobArgument, noteProgress, takeJob } from '@/lib/store/jobs'
import type { Pool } from '@/lib/store/pool'
import { givingWay } from '@/lib/store/sql'
import { takeBackUpload } from './ingest/take-back-upload'
import { rematchCatalogue } from './rematch-catalogue'

const FAILED = {
  rematch:
    'It did not work, and changed nothing. The server log says why; the same change of the catalogue starts it again.',
  'take-back':
    'It did not work to its end; what was taken back until then stays so. The server log says why; taking the import back again goes on.',
  forgetting:
    'What it brought is gone, but hosts of which nothing is left could not be forgotten. The server log says why; taking the import back again goes on with that.',
} as const

/** What can be done in parts lets others do their work meanwhile. */
const PART_MS = 10_000

/** Does the jobs that wait, the oldest first, one process at a time. Answers how many it did: 0 also when another process is at it. */
export async function runJobs(pool: Pool, isStopped: () => boolean = () => false): Promise<number> {
  const done = await underLock(pool, 'jobs', async () => {
    let count = 0
    let last: string | null = null
    while (!isStopped()) {
      const job: Job | null = await takeJob(pool, last)
      if (job === null) break
      last = job.id
      if (await runJob(pool, job, isStopped)) count++
    }
    return count
  })
  return done ?? 0
}

/** Answers whether it is over; else it goes on the next time. */
async function runJob(pool: Pool, { id, argument }: Job, isStopped: () => boolean): Promise<boolean> {
  try {
    const result = await resultOf(pool, id, argument, isStopped)
    if (result === 'later') return false
    await finishJob(pool, id, result)
  } catch (error) {
    log().error({ err: error, job: id, kind: argument.kind }, 'a job failed')
    await failJob(pool, id, await failedWords(pool, argument))
  }
  return true
}

/** What the person is told who asked for it. */
async function failedWords(pool: Pool, argument: JobArgument): Promise<string> {
  const isTaken =
    argument.kind === 'take-back' && (await findUploadState(pool, argument.uploadId)) === 'taken-back'
  return FAILED[isTaken ? 'forgetting' : argument.kind]
}

function resultOf(pool: Pool, id: string, argument: JobArgument, isStopped: () => boolean) {
  const onProgress = (done: number) => noteProgress(pool, id, done)
  const until = performance.now() + PART_MS
  switch (argument.kind) {
    case 'rematch':
      return givingWay(() => rematchCatalogue(pool, argument.entryIds, onProgress))
    case 'take-back':
      return takeBackUpload(pool, argument.uploadId, {
        isOver: () => isStopped() || performance.now() > until,
        onProgress,
      })
  }
}

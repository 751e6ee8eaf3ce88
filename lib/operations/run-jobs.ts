import { log } from '@/lib/log'
import { underLock } from '@/lib/store/advisory-lock'
import { failJob, finishJob, type Job, noteProgress, takeJob } from '@/lib/store/jobs'
import type { Pool } from '@/lib/store/pool'
import { givingWay } from '@/lib/store/sql'
import { rematchCatalogue } from './rematch-catalogue'

const FAILED =
  'It did not work, and changed nothing. The server log says why; the same change of the catalogue starts it again.'

/** Does the jobs that wait, the oldest first, one process at a time. Answers how many it did: 0 also when another process is at it. */
export async function runJobs(pool: Pool, isStopped: () => boolean = () => false): Promise<number> {
  const done = await underLock(pool, 'jobs', async () => {
    for (let count = 0; ; count++) {
      const job = isStopped() ? null : await takeJob(pool)
      if (job === null) return count
      await runJob(pool, job)
    }
  })
  return done ?? 0
}

async function runJob(pool: Pool, { id, argument }: Job): Promise<void> {
  try {
    await givingWay(async () => {
      const result = await rematchCatalogue(pool, argument.entryIds, (done) => noteProgress(pool, id, done))
      await finishJob(pool, id, result)
    })
  } catch (error) {
    log().error({ err: error, job: id, kind: argument.kind }, 'a job failed')
    await failJob(pool, id, FAILED)
  }
}

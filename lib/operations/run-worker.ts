import { setTimeout as delay } from 'node:timers/promises'
import { log } from '@/lib/log'
import { closePool, type Pool, pool } from '@/lib/store/pool'
import { WORKER_NAME } from '@/lib/store/screens/health'
import { calibrateThreshold, wantsCalibration } from './calibration'
import { forgetWhatNobodyClaims } from './forget-unclaimed'
import { readUploads } from './ingest/read-uploads'
import { recompute } from './recompute/recompute'
import { runJobs } from './run-jobs'

/** Looks for work at least this often, should a notification be lost. */
const IDLE_MS = 5_000
/** Lets a burst of batches settle, so that a day is not computed once a batch. */
const SETTLE_MS = 1_000
const RETRY_MS = 3_000

/** Reads uploads and computes what follows, until stopped. The tables are the queue: nothing is lost when the process dies. */
export async function runWorker(signal: AbortSignal): Promise<void> {
  const isStopped = () => signal.aborted
  log().info('worker started')
  while (!isStopped()) {
    try {
      await withWakeUps(pool(), signal, async (nextWakeUp) => {
        while (!isStopped()) {
          const read = await readUploads(pool(), isStopped)
          await runJobs(pool(), isStopped)
          if (read === 0 && !isStopped()) await computeAndCalibrate(isStopped)
          await forgetWhatNobodyClaims(pool(), isStopped)
          await nextWakeUp()
        }
      })
    } catch (error) {
      log().error({ err: error }, 'worker interrupted; going on in a moment')
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
  await closePool()
}

/** Computes what waits; once nothing does any more, the threshold follows. */
async function computeAndCalibrate(isStopped: () => boolean): Promise<void> {
  let moved = false
  const isIdle = await recompute(pool(), {
    isStopped,
    onProgress: () => {
      moved = true
    },
  })
  if (isIdle && !isStopped() && (moved || (await wantsCalibration(pool())))) await calibrateThreshold(pool())
}

/** Listens for notifications on a connection of its own; one that arrives during work shortens the next wait to nothing. */
async function withWakeUps(
  from: Pool,
  signal: AbortSignal,
  work: (nextWakeUp: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const client = await from.connect()
  let woken = new AbortController()
  const wake = () => woken.abort()
  client.on('notification', wake)
  client.on('error', wake)
  try {
    await client.query(`SET application_name = '${WORKER_NAME}'; LISTEN cordon_work`)
    await work(async () => {
      await delay(IDLE_MS, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(
        () => undefined,
      )
      if (woken.signal.aborted) await delay(SETTLE_MS, undefined, { signal }).catch(() => undefined)
      woken = new AbortController()
    })
  } finally {
    client.release(true)
  }
}

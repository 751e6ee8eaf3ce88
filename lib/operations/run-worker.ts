import { today } from '@/lib/clock'
import { log } from '@/lib/log'
import { tellOfAlarms } from '@/lib/store/notifications/alarms'
import { tellOfDue } from '@/lib/store/notifications/due'
import { readClock, tellOfNewDeviations } from '@/lib/store/notifications/new-deviations'
import { closePool, limitIdleTransactions, pool } from '@/lib/store/pool'
import { WORKER_NAME } from '@/lib/store/screens/health'
import { calibrateThreshold, wantsCalibration } from './calibration'
import { expireDecisions } from './decision/expire-decisions'
import { watchDecisions } from './decision/watch-decisions'
import { runExporter } from './exports/run-exporter'
import { forgetWhatNobodyClaims } from './forget-unclaimed'
import { readUploads } from './ingest/read-uploads'
import { openChannels, runNotifier } from './notifications/run-notifier'
import { recompute } from './recompute/recompute'
import { letGoOfOld } from './retention'
import { runJobs } from './run-jobs'
import { ensureCatalogue } from './seed-catalogue'
import { tellRefusals } from './tell-refusals'
import { workOnWakeUps } from './wake-ups'

/** Reads uploads, computes what follows, tells people and sends exports, until stopped. The tables are the queue: nothing is lost when the process dies. */
export async function runWorker(signal: AbortSignal): Promise<void> {
  limitIdleTransactions()
  log().info('worker started')
  await Promise.all([readAndCompute(signal), runNotifier(pool(), signal), runExporter(pool(), signal)])
  await closePool()
}

async function readAndCompute(signal: AbortSignal): Promise<void> {
  const isStopped = () => signal.aborted
  let hasCatalogue = false
  await workOnWakeUps(pool(), { channel: 'cordon_work', name: WORKER_NAME }, signal, async () => {
    if (!hasCatalogue) await ensureCatalogue(pool())
    hasCatalogue = true
    const read = await readUploads(pool(), isStopped)
    await runJobs(pool(), isStopped)
    if (read === 0 && !isStopped()) await computeAndCalibrate(isStopped)
    if (!isStopped()) await followDecisions(isStopped)
    await forgetWhatNobodyClaims(pool(), isStopped)
    await letGoOfOld(pool(), isStopped)
    await tellRefusals()
    return null
  })
}

/** What time and telemetry do to decisions: what is over ends, what is due soon is told of, and what is in audit or enforced is looked at, and people are told of blocks that do not hold. */
async function followDecisions(isStopped: () => boolean): Promise<void> {
  await expireDecisions()
  await tellOfDue(pool(), today(), openChannels())
  // alarms come from what was seen: without another look there are no others
  if ((await watchDecisions(pool(), isStopped)) > 0) await tellOfAlarms(pool(), openChannels())
}

/** Computes what waits; once nothing does any more, the threshold follows, and people are told of what was found before. */
async function computeAndCalibrate(isStopped: () => boolean): Promise<void> {
  let moved = false
  const beganUs = await readClock(pool())
  const isIdle = await recompute(pool(), {
    isStopped,
    onProgress: () => {
      moved = true
    },
  })
  if (isIdle && !isStopped() && (moved || (await wantsCalibration(pool())))) await calibrateThreshold(pool())
  // whoever computed when this began has ended: what is younger waits for the next time
  if (isIdle && !isStopped()) await tellOfNewDeviations(pool(), beganUs, openChannels())
}

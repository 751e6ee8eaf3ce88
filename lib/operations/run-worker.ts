import { today } from '@/lib/clock'
import { log } from '@/lib/log'
import { CHANGES } from '@/lib/store/changes'
import { tellOfAlarms } from '@/lib/store/notifications/alarms'
import { tellOfDue } from '@/lib/store/notifications/due'
import { readClock, tellOfNewDeviations } from '@/lib/store/notifications/new-deviations'
import { closePool, limitIdleTransactions, pool } from '@/lib/store/pool'
import { countWork } from '@/lib/store/recompute/work-queue'
import { WORKER_NAME } from '@/lib/store/screens/health'
import { calibrateThreshold, wantsCalibration } from './calibration'
import { expireDecisions } from './decision/expire-decisions'
import { watchDecisions } from './decision/watch-decisions'
import { runExporter } from './exports/run-exporter'
import { forgetWhatNobodyClaims } from './forget-unclaimed'
import { gatherRecords } from './ingest/gather-records'
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
  await Promise.all([
    readAndCompute(signal),
    followTime(signal),
    runNotifier(pool(), signal),
    runExporter(pool(), signal),
  ])
  await closePool()
}

/** How long it computes before it looks what else there is to read: a fleet that goes on sending always has something to compute. */
const COMPUTE_MS = 30_000

async function readAndCompute(signal: AbortSignal): Promise<void> {
  const isStopped = () => signal.aborted
  let hasCatalogue = false
  // what was computed before this process began may not have been told of
  const news = { untold: true }
  await workOnWakeUps(pool(), { channel: 'cordon_work', name: WORKER_NAME }, signal, async () => {
    if (!hasCatalogue) await ensureCatalogue(pool())
    hasCatalogue = true
    await readUploads(pool(), isStopped)
    await runJobs(pool(), isStopped)
    const until = performance.now() + COMPUTE_MS
    const isOver = () => isStopped() || performance.now() > until
    return isStopped() || (await computeAndCalibrate(isOver, news)) ? null : 0
  })
}

/** How long it gathers original records before it looks what else is due: after an upgrade all of them wait. */
const GATHER_MS = 5_000

/** What time brings, however much there is to read and to compute. */
async function followTime(signal: AbortSignal): Promise<void> {
  const isStopped = () => signal.aborted
  await workOnWakeUps(pool(), { channel: CHANGES, name: 'cordon follower' }, signal, async () => {
    await followDecisions(isStopped)
    await forgetWhatNobodyClaims(pool(), isStopped)
    await letGoOfOld(pool(), isStopped)
    await tellRefusals()
    const until = performance.now() + GATHER_MS
    return (await gatherRecords(pool(), () => isStopped() || performance.now() > until)) ? 0 : null
  })
}

/** What time and telemetry do to decisions: what is over ends, what is due soon is told of, and what is in audit or enforced is looked at, and people are told of blocks that do not hold. */
async function followDecisions(isStopped: () => boolean): Promise<void> {
  await expireDecisions()
  await tellOfDue(pool(), today(), openChannels())
  // alarms come from what was seen: without another look there are no others
  if ((await watchDecisions(pool(), isStopped)) > 0) await tellOfAlarms(pool(), openChannels())
}

/** Computes what waits, and tells people of what was found before; once nothing waits any more, the threshold follows. Answers whether that is so, or for another worker to say. */
async function computeAndCalibrate(isOver: () => boolean, news: { untold: boolean }): Promise<boolean> {
  let moved = false
  const beganUs = await readClock(pool())
  const hasLed = await recompute(pool(), {
    isStopped: isOver,
    onProgress: () => {
      moved = true
      news.untold = true
    },
  })
  // another process computed, and may end without a word
  if (!hasLed) {
    news.untold = true
    return true
  }
  // whoever computed when this began has ended: what is younger waits for the next time
  if (await tellOfNewDeviations(pool(), beganUs, openChannels(), news.untold)) news.untold = false
  if ((await countWork(pool())).hosts > 0) return false
  if (moved || (await wantsCalibration(pool()))) await calibrateThreshold(pool())
  return true
}

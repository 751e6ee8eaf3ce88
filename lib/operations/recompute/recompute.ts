import { setTimeout as delay } from 'node:timers/promises'
import { today } from '@/lib/clock'
import { log } from '@/lib/log'
import { placeHostsByRules } from '@/lib/operations/group-rules'
import { addDays } from '@/lib/pipeline/days'
import { METHOD } from '@/lib/pipeline/deviation/method'
import { underLock } from '@/lib/store/advisory-lock'
import { moveNextDay } from '@/lib/store/host-moves'
import { refreshStatistics } from '@/lib/store/partitions'
import type { Pool } from '@/lib/store/pool'
import { countNextAttemptDays } from '@/lib/store/recompute/attempt-days'
import { adoptMethod } from '@/lib/store/recompute/method'
import { refreshUse } from '@/lib/store/recompute/refresh-use'
import { awaitTurns, forgetTurns, offerTurns, takeTurns } from '@/lib/store/recompute/turns'
import { countWork, type DayOfWork, findNextDay, queueEverything } from '@/lib/store/recompute/work-queue'
import { noteComputed } from '@/lib/store/screens/remembered'
import { givingWay, transaction } from '@/lib/store/sql'
import { computeDay } from './compute-day'

/** Hosts of one day that a worker computes in one transaction. */
const HOSTS_A_TURN = 100
/** Of a day with more hosts than that: while the database works on one turn, the worker does on another. */
const TURNS_AT_ONCE = 2

/**
 * One step of so many is for hosts that wait for today or yesterday alone, while others wait for days of long ago: what comes in late, by mistake or on
 * purpose, does not keep the fleet from its present. Such a day is computed again where an earlier one changes what it read, as if that had come late.
 */
const TODAYS_TURN = 4

export type RecomputeProgress = { hosts: number; from: string | null }
type Options = {
  onProgress?: (progress: RecomputeProgress) => void
  isStopped?: () => boolean
  hostsATurn?: number
  /** The first day that has TODAYS_TURN; yesterday where it is left out. */
  presentFrom?: string
}

/**
 * Works off everything that waits, the earliest day of the whole fleet first, so that a day reads only finished days (but for TODAYS_TURN). One process leads at a
 * time and offers the hosts of a day where they are many; answers false when another one leads, having taken what that one offers.
 */
export async function recompute(pool: Pool, options: Options = {}): Promise<boolean> {
  const led = await underLock(pool, 'computing', () => lead(pool, options))
  if (led !== null) return true
  await computeTurns(pool, options)
  return false
}

async function lead(pool: Pool, options: Options): Promise<true> {
  if (await adoptMethod(pool, METHOD))
    log().info({ method: METHOD }, 'the method of scoring is new: everything is computed again')
  await forgetTurns(pool)
  await placeHostsByRules(pool)
  await refreshStatistics(pool)
  for (
    let step = 1;
    !options.isStopped?.() && (await givingWay(() => computeNext(pool, options, step)));
    step++
  ) {
    await noteComputed(pool)
    options.onProgress?.(await countWork(pool))
  }
  if (await refreshUse(pool, options.isStopped)) await noteComputed(pool)
  return true
}

/** One step of whoever leads; false when nothing waits. */
async function computeNext(pool: Pool, options: Options, step: number): Promise<boolean> {
  // facts first: a day is computed where they are at home
  if (await moveNextDay(pool)) return true
  if (await countNextAttemptDays(pool)) return true
  const work = await findNextDay(
    pool,
    step % TODAYS_TURN === 0 ? (options.presentFrom ?? addDays(today(), -1)) : null,
  )
  if (!work) return false
  if (work.turns.length <= (options.hostsATurn ?? HOSTS_A_TURN)) await computeDay(pool, work)
  else await computeTogether(pool, work, options)
  return true
}

/** Until every host of the day is done, by whomever: a worker that died leaves its own to the others. Turns that began end before a failure is told. */
async function computeTogether(pool: Pool, work: DayOfWork, options: Options): Promise<void> {
  await offerTurns(pool, work)
  try {
    do await allSettled(Array.from({ length: TURNS_AT_ONCE }, () => computeTurns(pool, options)))
    while (!(await awaitTurns(pool)) && !options.isStopped?.())
  } finally {
    await forgetTurns(pool)
  }
}

/** As long as there are hosts on offer. */
async function computeTurns(pool: Pool, options: Options): Promise<void> {
  while (!options.isStopped?.() && (await givingWay(() => computeTurn(pool, options))));
}

async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason
}

async function computeTurn(pool: Pool, { hostsATurn = HOSTS_A_TURN }: Options): Promise<boolean> {
  return await takeTurns(pool, hostsATurn, (work) => computeDay(pool, work))
}

/** Queues every host from its first day, as if nothing had been computed yet. */
export async function queueRebuild(pool: Pool): Promise<void> {
  await transaction(pool, queueEverything)
}

const POLL_MS = 500

/** Works off everything that waits, or watches another process do it, until nothing waits or it is stopped. */
export async function finishWork(
  pool: Pool,
  onProgress: (progress: RecomputeProgress) => void,
  isStopped: () => boolean = () => false,
): Promise<void> {
  for (let left = await countWork(pool); left.hosts > 0 && !isStopped(); left = await countWork(pool)) {
    onProgress(left)
    if (!(await recompute(pool, { onProgress, isStopped }))) await delay(POLL_MS)
  }
}

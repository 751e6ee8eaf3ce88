import { moveNextDay } from '@/lib/store/host-moves'
import { HostsMoved } from '@/lib/store/hosts'
import { claimUpload, findUploadState } from '@/lib/store/imports'
import type { Pool } from '@/lib/store/pool'
import { noteComputed } from '@/lib/store/screens/remembered'
import { givingWay, transaction } from '@/lib/store/sql'
import { forgetHosts, isComputing } from '@/lib/store/take-back/forget-hosts'
import { findTaken, type Taken } from '@/lib/store/take-back/parts'
import { countDone, finishTaking, nextDays, planDays } from '@/lib/store/take-back/plan'
import { type NamedDay, takeDay } from '@/lib/store/take-back/take-day'

type TakenBack = {
  /** Days of hosts' names that it had brought something of. */
  days: number
  /** Hosts of which nothing was left. */
  hosts: number
}
type Options = { isOver: () => boolean; onProgress: (days: number) => Promise<void> }

/**
 * Goes on with taking an upload back, a name's day a transaction, until it is over; then, once what is derived has followed, forgets the hosts of which nothing is left.
 * Answers 'later' where there is more to do, or something to wait for. Doing any of it twice changes nothing.
 */
export async function takeBackUpload(
  pool: Pool,
  uploadId: string,
  { isOver, onProgress }: Options,
): Promise<TakenBack | 'later'> {
  if ((await findUploadState(pool, uploadId)) === 'taking-back') {
    // whoever reads it may be at its last batch
    const release = await claimUpload(pool, uploadId)
    if (release === null) return 'later'
    try {
      if (!(await takeDays(pool, await findTaken(pool, uploadId), { isOver, onProgress }))) return 'later'
    } finally {
      await release()
    }
  }
  if (await isComputing(pool, uploadId)) return 'later'
  const days = await countDone(pool, uploadId)
  const hosts = await givingWay(() => forgetHosts(pool, uploadId))
  // pages remember lists of hosts
  if (hosts > 0) await noteComputed(pool)
  return { days, hosts }
}

/** Answers whether all are done. */
async function takeDays(pool: Pool, taken: Taken, { isOver, onProgress }: Options): Promise<boolean> {
  let done = await countDone(pool, taken.uploadId)
  let days = await nextDays(pool, taken.uploadId)
  if (done + days.length === 0) {
    await planDays(pool, taken)
    days = await nextDays(pool, taken.uploadId)
  }
  for (; days.length > 0; days = await nextDays(pool, taken.uploadId)) {
    for (const day of days) {
      if (isOver() || !(await givingWay(() => takeSettled(pool, taken, day, isOver)))) return false
      done++
    }
    await onProgress(done)
  }
  await transaction(pool, (client) => finishTaking(client, taken))
  return true
}

/** Facts are taken where they are at home; answers false where it is over before those that are on their way have arrived. */
async function takeSettled(pool: Pool, taken: Taken, day: NamedDay, isOver: () => boolean): Promise<boolean> {
  for (;;) {
    try {
      await takeDay(pool, taken, day)
      return true
    } catch (error) {
      if (!(error instanceof HostsMoved)) throw error
    }
    do if (isOver()) return false
    while (await moveNextDay(pool))
  }
}

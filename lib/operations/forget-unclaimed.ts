import { now } from '@/lib/clock'
import { log } from '@/lib/log'
import { forgetUnclaimed } from '@/lib/store/ingest/forget-unclaimed'
import type { Pool } from '@/lib/store/pool'

const EVERY_MS = 6 * 3_600_000
let lastMs = 0

/** A few times a day: lets go of events that no proxy binary's process claimed. */
export async function forgetWhatNobodyClaims(pool: Pool, isStopped: () => boolean): Promise<void> {
  const present = now()
  if (present.getTime() - lastMs < EVERY_MS) return
  lastMs = present.getTime()
  let total = 0
  for (let more = true; more && !isStopped(); ) {
    const step = await forgetUnclaimed(pool, present.toISOString())
    total += step.gone
    more = step.more
  }
  if (total > 0) log().info({ events: total }, 'forgot events that no execution claimed within a week')
}

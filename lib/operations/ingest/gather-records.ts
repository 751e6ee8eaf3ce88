import { today } from '@/lib/clock'
import { addDays } from '@/lib/pipeline/days'
import { underLock } from '@/lib/store/advisory-lock'
import { gatherRawBlocks } from '@/lib/store/ingest/gather-raw-blocks'
import type { Pool } from '@/lib/store/pool'

/** Whole days after which little comes in for a day any more. */
const SETTLED_DAYS = 2

/** Has the original records of days that are over lie together, one process at a time; answers whether it was over before all of them do. Doing it twice changes nothing. */
export async function gatherRecords(pool: Pool, isOver: () => boolean): Promise<boolean> {
  const upToDay = addDays(today(), -SETTLED_DAYS)
  const isLeft = await underLock(pool, 'records', async () => {
    let more = true
    while (more && !isOver()) more = (await gatherRawBlocks(pool, upToDay)) > 0
    return more
  })
  return isLeft ?? false
}

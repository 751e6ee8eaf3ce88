import { today } from '@/lib/clock'
import { addDays } from '@/lib/pipeline/days'
import { gatherRawBlocks } from '@/lib/store/ingest/gather-raw-blocks'
import type { Pool } from '@/lib/store/pool'
import { givingWay } from '@/lib/store/sql'

/** Whole days after which little comes in for a day any more. */
const SETTLED_DAYS = 2

/** Has the original records of days that are over lie together. Doing it twice changes nothing. */
export async function gatherRecords(pool: Pool, isStopped: () => boolean): Promise<void> {
  const upToDay = addDays(today(), -SETTLED_DAYS)
  for (let more = true; more && !isStopped(); )
    more = (await givingWay(() => gatherRawBlocks(pool, upToDay))) > 0
}

import { now } from '@/lib/clock'
import { listBlocks } from '@/lib/store/blocks'
import type { Pool } from '@/lib/store/pool'
import { keepWatch, listUnwatched, watchRing } from '@/lib/store/ring-watch'

/** A ring is looked at again after so long. */
const EVERY_MS = 30_000

/** Looks at the hosts of every ring that is in audit or enforced: what would be blocked, what still runs, who is silent. Answers how many rings were due. */
export async function watchDecisions(pool: Pool, isStopped: () => boolean = () => false): Promise<number> {
  const at = now()
  const due = new Set(await listUnwatched(pool, new Date(at.getTime() - EVERY_MS).toISOString()))
  if (due.size === 0) return 0
  const blocks = await listBlocks(pool, at.toISOString().slice(0, 10))
  for (const block of blocks)
    for (const ring of block.rings) {
      if (isStopped()) return due.size
      if (!due.has(ring.id) || ring.since === null) continue
      const watched = { ...ring, since: ring.since }
      await keepWatch(pool, watched, await watchRing(pool, block, watched), at.toISOString())
    }
  return due.size
}

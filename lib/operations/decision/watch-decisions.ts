import { now } from '@/lib/clock'
import { log } from '@/lib/log'
import type { ApprovedBlock, BlockRing } from '@/lib/pipeline/decision/approved-block'
import { readBlocks } from '@/lib/store/blocks'
import type { Pool } from '@/lib/store/pool'
import { keepWatch, listUnwatched, watchRing } from '@/lib/store/ring-watch'

/** A ring is looked at again after so long. */
const EVERY_MS = 30_000

/**
 * Looks at the hosts of every ring that is in audit or enforced: what would be blocked, what still runs, who is silent. Answers how many rings were
 * due. What cannot be read or watched is logged and passed over: the others are looked at all the same.
 */
export async function watchDecisions(pool: Pool, isStopped: () => boolean = () => false): Promise<number> {
  const at = now()
  const due = new Set(await listUnwatched(pool, new Date(at.getTime() - EVERY_MS).toISOString()))
  if (due.size === 0) return 0
  const { blocks, unreadable } = await readBlocks(pool, at.toISOString().slice(0, 10))
  if (unreadable.length > 0) log().error({ decisions: unreadable }, 'decisions cannot be read; not watched')
  for (const block of blocks)
    for (const ring of block.rings) {
      if (isStopped()) return due.size
      if (!due.has(ring.id) || ring.since === null) continue
      await watch(pool, block, { ...ring, since: ring.since }, at)
    }
  return due.size
}

async function watch(
  pool: Pool,
  block: ApprovedBlock,
  ring: BlockRing & { since: number },
  at: Date,
): Promise<void> {
  try {
    await keepWatch(pool, ring, await watchRing(pool, block, ring), at.toISOString())
  } catch (error) {
    log().error({ err: error, decision: block.decisionId, ring: ring.id }, 'a ring could not be watched')
  }
}

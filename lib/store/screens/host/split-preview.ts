import { today } from '@/lib/clock'
import type { Scope } from '@/lib/pipeline/actor'
import { foreseeSplit } from '@/lib/store/host-identity'
import { loadSplitBlocks, type MergedBlock } from '@/lib/store/merged-blocks'
import { pool } from '@/lib/store/pool'
import { findHost } from './find-host'

/** The decisions that hold for other hosts by a split. */
export type SplitPreview = MergedBlock[]

/** Which decisions splitting names off a host would let hold for other hosts; none where the split would be refused. */
export async function loadSplitPreview(
  scope: Scope,
  hostId: number,
  names: readonly string[],
): Promise<SplitPreview> {
  const host = await findHost(scope, hostId)
  const foreseen = host && (await foreseeSplit(pool(), hostId, names))
  return foreseen === null ? [] : await loadSplitBlocks(pool(), foreseen, today())
}

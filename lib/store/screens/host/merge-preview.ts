import { today } from '@/lib/clock'
import type { Scope } from '@/lib/pipeline/actor'
import { loadMergedBlocks, type MergedBlock } from '@/lib/store/merged-blocks'
import { pool } from '@/lib/store/pool'
import { type HostName, loadHostNames } from './names'

/** What merging hosts would move. `blocks`: by the id of the host that the others are merged into. */
export type MergePreview = { names: HostName[]; blocks: Readonly<Record<number, MergedBlock[]>> }

/** Of those of the hosts that are in sight. */
export async function loadMergePreview(scope: Scope, hostIds: readonly number[]): Promise<MergePreview> {
  const names = await loadHostNames(scope, hostIds)
  const ids = [...new Set(names.map(({ hostId }) => hostId))]
  const blocksInto = await loadMergedBlocks(pool(), ids, today())
  return { names, blocks: Object.fromEntries(ids.map((id) => [id, blocksInto(id)])) }
}

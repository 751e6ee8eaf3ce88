import type { Scope } from '@/lib/pipeline/actor'
import type { Block, Control } from '@/lib/pipeline/decision/block'
import { findBinary } from '@/lib/store/screens/binary/view'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { loadReplayedBlock, type ReplayedBlock } from '@/lib/store/screens/what-if/load-what-if'

/** A decision's block with its replay over all that is stored; `replayed` null = nothing is stored yet. */
export type Interrupted = { block: Block; control: Control; replayed: ReplayedBlock | null }

/** The block as it is written, replayed; null = it blocks nothing, says too little, or speaks of hosts out of sight. */
export async function loadInterruption(decision: DecisionRow, scope: Scope): Promise<Interrupted | null> {
  const { effect, control, slug, exceptions } = decision
  if (effect === null || control === null || !decision.visible) return null
  const entry = await findBinary(slug)
  if (entry === null) return null
  const block = { slug, effect, scope: decision.scope, exceptions }
  return { block, control, replayed: await loadReplayedBlock(scope, entry, block, control) }
}

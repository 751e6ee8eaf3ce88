import type { StoppedCount } from '@/components/decision/what-if-result'
import { checked } from '@/lib/operations/checked'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { PlanReplay } from '@/lib/pipeline/decision/fold-replay'
import { DecisionScopeSchema } from '@/lib/pipeline/decision/schemas'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { loadNarrowedReplay } from '@/lib/store/screens/decision/narrowed'
import { deviationCounts } from '../what-if-counts'
import type { Reader } from './moves-of'

/** The numbers of a what-if. */
export type Narrowed = { replay: PlanReplay; malicious: StoppedCount; open: StoppedCount }

/** What a decision would interrupt where an approval would leave it; null = it blocks nothing, or nothing is stored. @throws ExpectedError */
export async function loadNarrowed(
  actor: Reader,
  id: number,
  submitted: DecisionScope,
): Promise<Narrowed | null> {
  const narrowed = checked(DecisionScopeSchema, submitted)
  const replayed = await loadNarrowedReplay(actor.scope, judgeOf(actor), id, narrowed)
  return replayed && { replay: replayed.replay, ...deviationCounts(replayed) }
}

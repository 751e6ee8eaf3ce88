import type { StoppedCount } from '@/components/decision/what-if-result'
import { checked } from '@/lib/operations/checked'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { PlanReplay } from '@/lib/pipeline/decision/fold-replay'
import { DecisionScopeSchema } from '@/lib/pipeline/decision/schemas'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { loadNarrowedDecision } from '@/lib/store/screens/decision/narrowed'
import { deviationCounts } from '../what-if-counts'
import type { Reader } from './moves-of'

type Numbers = { replay: PlanReplay; malicious: StoppedCount; open: StoppedCount }

/** `numbers`: of a what-if; null = it blocks nothing, or nothing is stored. `dropped`: names of the rings that would have no host. */
export type Narrowed = { numbers: Numbers | null; dropped: string[] }

/** What a decision would interrupt where an approval would leave it, and which rings fall away. @throws ExpectedError */
export async function loadNarrowed(actor: Reader, id: number, submitted: DecisionScope): Promise<Narrowed> {
  const narrowed = checked(DecisionScopeSchema, submitted)
  const { replayed, dropped } = await loadNarrowedDecision(actor.scope, judgeOf(actor), id, narrowed)
  return { numbers: replayed && { replay: replayed.replay, ...deviationCounts(replayed) }, dropped }
}

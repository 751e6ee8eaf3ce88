import { today } from '@/lib/clock'
import type { Scope } from '@/lib/pipeline/actor'
import { addDays } from '@/lib/pipeline/days'
import type { Block, Control } from '@/lib/pipeline/decision/block'
import { ONE_RING, type RingPlan } from '@/lib/pipeline/decision/rings'
import type { Verdict } from '@/lib/pipeline/decision/states'
import { problemsOf, REVIEW_DAYS } from '@/lib/pipeline/decision/terms'
import { listHostNames } from '@/lib/store/screens/decision/form'
import { isTold } from '@/lib/store/screens/decision/told'
import { type DecisionRow, ringPlanOf } from '@/lib/store/screens/decisions'
import type { DraftValues } from './draft-values'

/** The day on which what is decided today is usually looked at again. */
export function usualReview(): string {
  return addDays(today(), REVIEW_DAYS)
}

/** An empty form; `rings`: the rollout that was last used. */
export function emptyValues(mayFleet: boolean, rings: RingPlan | null): DraftValues {
  return {
    verdict: null,
    effect: null,
    control: null,
    scopeKind: mayFleet ? 'fleet' : 'groups',
    groupIds: [],
    hostNames: '',
    exceptions: [],
    rings: rings ?? ONE_RING,
    justification: '',
    ownerId: '',
    reviewOn: usualReview(),
    expiresOn: '',
    ticket: '',
  }
}

/** The form with a block that a what-if replayed; the verdict is the one that such a block amounts to. */
export async function valuesOfBlock(
  sight: Scope,
  block: Block,
  control: Control,
  base: DraftValues,
): Promise<DraftValues> {
  return {
    ...base,
    ...(await termsOf(sight, block)),
    verdict: verdictOf(block),
    effect: block.effect,
    control,
  }
}

function verdictOf({ effect, exceptions }: Block): Verdict {
  if (effect === 'reassociate' || effect === 'remove') return 'disable'
  return effect === 'network' || exceptions.length > 0 ? 'restrict' : 'safe-to-block'
}

/** Where it holds and what it spares, as the form has it. */
async function termsOf(
  sight: Scope,
  { scope, exceptions }: Pick<Block, 'scope' | 'exceptions'>,
): Promise<Pick<DraftValues, 'scopeKind' | 'groupIds' | 'hostNames' | 'exceptions'>> {
  const hostIds = [
    ...(scope.kind === 'hosts' ? scope.ids : []),
    ...exceptions.flatMap((one) => (one.kind === 'host' ? [one.id] : [])),
  ]
  const names = new Map((await listHostNames(sight, hostIds)).map(({ id, name }) => [id, name]))
  return {
    scopeKind: scope.kind,
    groupIds: scope.kind === 'groups' ? scope.ids : [],
    hostNames: scope.kind === 'hosts' ? scope.ids.flatMap((id) => names.get(id) ?? []).join(', ') : '',
    exceptions: exceptions.map((one, key) => ({
      key,
      kind: one.kind,
      text: 'value' in one ? one.value : one.kind === 'host' ? (names.get(one.id) ?? '') : String(one.id),
      reason: one.reason,
      until: one.until ?? '',
    })),
  }
}

/** What a draft lacks before anybody is asked, today. */
export function draftProblems(decision: DecisionRow): string[] {
  return problemsOf({ ...decision, rings: ringPlanOf(decision) }, today())
}

/** The form of a draft, or of a decision that is renewed. */
export async function valuesOf(sight: Scope, decision: DecisionRow): Promise<DraftValues> {
  const { scope, visible, exceptions } = decision
  const known = visible
    ? exceptions
    : exceptions.flatMap((one) => ('id' in one ? { ...one, reason: '' } : []))
  return {
    ...(await termsOf(sight, { scope, exceptions: known })),
    // an emergency block is no verdict: its renewal has to come to one
    verdict: decision.verdict === 'emergency' ? null : decision.verdict,
    effect: decision.effect,
    control: decision.control,
    rings: ringPlanOf(decision),
    justification: isTold(decision) ? decision.justification : '',
    ownerId: decision.ownerId ?? '',
    reviewOn: decision.reviewOn ?? usualReview(),
    expiresOn: decision.expiresOn ?? '',
    ticket: decision.ticket ?? '',
  }
}

import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { type DecisionState, findNextState, mayMove, type Verdict } from '@/lib/pipeline/decision/states'

const OFFERED = ['approve', 'reject', 'withdraw'] as const
export type OfferedMove = (typeof OFFERED)[number]

/** The moves to offer somebody on a decision. */
export function movesOf(
  actor: Extract<Actor, { kind: 'account' }>,
  decision: { state: DecisionState; verdict: Verdict; proposedById: string },
): OfferedMove[] {
  const mover = {
    accountId: actor.accountId,
    mayPropose: actorMay(actor, 'propose'),
    mayDecide: actorMay(actor, 'decide'),
  }
  return OFFERED.filter(
    (move) =>
      findNextState(decision.state, move, decision.verdict) !== null &&
      mayMove(move, mover, decision.proposedById),
  )
}

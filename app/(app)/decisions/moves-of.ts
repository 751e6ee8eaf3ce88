import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { type DecisionState, findNextState, mayMove, type Verdict } from '@/lib/pipeline/decision/states'

const OFFERED = ['start-audit', 'propose', 'approve', 'reject', 'withdraw', 'revoke'] as const
export type OfferedMove = (typeof OFFERED)[number]

export type Reader = Extract<Actor, { kind: 'account' }>

/** The moves to offer somebody on a decision. */
export function movesOf(
  actor: Reader,
  decision: {
    state: DecisionState
    verdict: Verdict
    proposedById: string
    visible: boolean
    approvals: readonly { accountId: string }[]
  },
): OfferedMove[] {
  const mover = {
    accountId: actor.accountId,
    mayPropose: actorMay(actor, 'propose'),
    mayDecide: actorMay(actor, 'decide'),
  }
  const approved = decision.approvals.some(({ accountId }) => accountId === actor.accountId)
  return OFFERED.filter(
    (move) =>
      decision.visible &&
      findNextState(decision.state, move, decision.verdict) !== null &&
      mayMove(move, mover, decision.proposedById) &&
      !(move === 'approve' && approved),
  )
}

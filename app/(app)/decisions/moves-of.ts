import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { type DecisionState, findNextState, mayMove, type Verdict } from '@/lib/pipeline/decision/states'
import type { Approval } from '@/lib/store/screens/decisions'

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
    approvals: readonly Pick<Approval, 'accountId' | 'counts'>[]
    /** Where it is not known, two: who approved has to wait. */
    approvalsNeeded?: number
  },
): OfferedMove[] {
  const mover = {
    accountId: actor.accountId,
    mayPropose: actorMay(actor, 'propose'),
    mayDecide: actorMay(actor, 'decide'),
  }
  const { approvals, approvalsNeeded: needed = 2 } = decision
  const approved = approvals.some(({ accountId }) => accountId === actor.accountId)
  const enough = approvals.filter(({ counts }) => counts).length >= needed
  return OFFERED.filter(
    (move) =>
      decision.visible &&
      findNextState(decision.state, move, decision.verdict) !== null &&
      mayMove(move, mover, decision.proposedById) &&
      !(move === 'approve' && approved && !enough),
  )
}

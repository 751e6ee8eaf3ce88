import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { type DecisionState, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { moveDecision } from '@/lib/store/decisions'
import { audited } from '../audited'
import { checked } from '../checked'
import { DecisionTarget, getForMove, MOVED_ON, Reason, requirePerson } from './person'

const Revocation = DecisionTarget.extend({ reason: Reason })

/**
 * A manager ends a decision that stands, enforced or not; its policies go with it at the next export.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function revokeDecision(
  actor: Actor,
  submitted: { id: number; version: number; reason: string },
): Promise<void> {
  const person = requirePerson(actor, 'decide')
  const { id, version, reason } = checked(Revocation, submitted)
  await audited(
    actor,
    (from: string) => ({
      action: 'decision-revoked',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { from, reason },
    }),
    async (tx) => {
      const decision = await getForMove(tx, person, id, 'revoke')
      const next = nextState(decision.state as DecisionState, 'revoke', decision.verdict as Verdict)
      const moved = await moveDecision(tx, { ...decision, version }, next, {
        decidedById: person.accountId,
        decidedAt: now(),
        comment: reason,
      })
      if (!moved) throw new ExpectedError('conflict', MOVED_ON)
      return decision.state
    },
  )
}

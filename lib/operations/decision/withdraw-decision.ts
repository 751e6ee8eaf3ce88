import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { type DecisionState, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { moveDecision } from '@/lib/store/decisions'
import { audited } from '../audited'
import { checked } from '../checked'
import { DecisionTarget, getForMove, MOVED_ON, requirePerson, type Target } from './person'

/**
 * An author takes back what is not decided: a draft, an audit, a proposal, or an emergency block that nobody approved yet.
 * @throws ExpectedError 'forbidden', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function withdrawDecision(actor: Actor, submitted: Target): Promise<void> {
  const person = requirePerson(actor, 'propose')
  const { id, version } = checked(DecisionTarget, submitted)
  await audited(
    actor,
    (from: string) => ({
      action: 'decision-withdrawn',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { from },
    }),
    async (tx) => {
      const decision = await getForMove(tx, person, id, 'withdraw')
      const next = nextState(decision.state as DecisionState, 'withdraw', decision.verdict as Verdict)
      const moved = await moveDecision(tx, { ...decision, version }, next, { decidedAt: now() })
      if (!moved) throw new ExpectedError('conflict', MOVED_ON)
      return decision.state
    },
  )
}

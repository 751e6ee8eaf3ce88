import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { type DecisionState, isFinal } from '@/lib/pipeline/decision/states'
import { audited } from '../audited'
import { checked } from '../checked'
import { getForMove, Reason, requirePerson } from './person'

const Explanation = z.object({
  id: z.int().positive(),
  /** As `attemptKind` names it. */
  kind: z.string().min(1).max(500),
  reason: Reason,
})
export type Explanation = z.input<typeof Explanation>

/**
 * Somebody says why attempts of one kind may be blocked: the gate no longer waits for them.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when the decision is over
 */
export async function explainAttempts(actor: Actor, submitted: Explanation): Promise<void> {
  const person = requirePerson(actor, 'propose')
  const { id, kind, reason } = checked(Explanation, submitted)
  await audited(
    actor,
    {
      action: 'decision-attempts-explained',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { kind, reason },
    },
    async (tx) => {
      const decision = await getForMove(tx, person, id, 'start-audit')
      if (isFinal(decision.state as DecisionState))
        throw new ExpectedError(
          'conflict',
          `This decision is ${decision.state}: there is nothing to explain any more.`,
        )
      const said = { reason, accountId: person.accountId, at: now() }
      await tx.attemptExplanation.upsert({
        where: { decisionId_kind: { decisionId: id, kind } },
        create: { decisionId: id, kind, ...said },
        update: said,
      })
    },
  )
}

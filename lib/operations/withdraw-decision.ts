import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { type DecisionState, mayMove, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { moveDecision } from '@/lib/store/decisions'
import { audited } from './audited'
import { checked } from './checked'
import { MOVED_ON } from './decide'

const Withdrawal = z.object({ id: z.int().positive(), version: z.int().min(0) })
export type Withdrawal = z.input<typeof Withdrawal>

/**
 * A proposer takes their proposal back.
 * @throws ExpectedError 'forbidden', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function withdrawDecision(actor: Actor, submitted: Withdrawal): Promise<void> {
  requirePermission(actor, 'propose')
  if (actor.kind !== 'account') throw new ExpectedError('forbidden', 'A proposal is withdrawn by a person.')
  const { id, version } = checked(Withdrawal, submitted)
  await audited(
    actor,
    { action: 'decision-withdrawn', subjectKind: 'decision', subjectId: String(id) },
    async (tx) => {
      const decision = await tx.decision.findUnique({ where: { id } })
      if (!decision) throw new ExpectedError('not-found', 'There is no such decision.')
      const mover = { accountId: actor.accountId, mayPropose: true, mayDecide: false }
      if (!mayMove('withdraw', mover, decision.proposedById))
        throw new ExpectedError('forbidden', 'Only who proposed this can withdraw it.')
      const next = nextState(decision.state as DecisionState, 'withdraw', decision.verdict as Verdict)
      const moved = await moveDecision(tx, { ...decision, version }, next, { decidedAt: now() })
      if (!moved) throw new ExpectedError('conflict', MOVED_ON)
    },
  )
}

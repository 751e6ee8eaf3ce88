import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { canonicalJson, type Json } from '@/lib/pipeline/decision/audit-content'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { type DecisionState, mayMove, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { moveDecision, type StoredDecision, seesAllOf } from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

const MAX_COMMENT = 4000
const comment = z.string().trim().max(MAX_COMMENT, `The comment has at most ${MAX_COMMENT} characters.`)
const target = { id: z.int().positive(), version: z.int().min(0) }

const Judgement = z.discriminatedUnion('move', [
  z.object({ ...target, move: z.literal('approve'), comment }),
  z.object({ ...target, move: z.literal('reject'), comment: comment.min(1, 'Say why you reject it.') }),
])
/** `version`: of the decision as the manager read it. */
export type Judgement = z.input<typeof Judgement>

export const MOVED_ON =
  'Somebody else changed this decision meanwhile. It was not changed again: look at it as it is now.'

/**
 * A manager approves or rejects a proposal that somebody else made. An approval supersedes what was approved before for the same hosts.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it is no longer as it was read
 */
export async function decide(actor: Actor, submitted: Judgement): Promise<void> {
  requirePermission(actor, 'decide')
  if (actor.kind !== 'account') throw new ExpectedError('forbidden', 'A decision is made by a person.')
  const judgement = checked(Judgement, submitted)
  await audited(
    actor,
    {
      action: judgement.move === 'approve' ? 'decision-approved' : 'decision-rejected',
      subjectKind: 'decision',
      subjectId: String(judgement.id),
      detail: { comment: judgement.comment },
    },
    async (tx) => {
      const decision = await tx.decision.findUnique({ where: { id: judgement.id } })
      if (!decision) throw new ExpectedError('not-found', 'There is no such decision.')
      requireJudge(actor, decision, judgement.move)
      const next = nextState(decision.state as DecisionState, judgement.move, decision.verdict as Verdict)
      const moved = await moveDecision(tx, { ...decision, version: judgement.version }, next, {
        decidedById: actor.accountId,
        decidedAt: now(),
        comment: judgement.comment || null,
      })
      if (!moved) throw new ExpectedError('conflict', MOVED_ON)
      if (next === 'approved') await supersedeOthers(tx, decision)
    },
  )
}

function requireJudge(
  actor: Extract<Actor, { kind: 'account' }>,
  decision: StoredDecision,
  move: Judgement['move'],
): void {
  if (
    !mayMove(move, { accountId: actor.accountId, mayPropose: true, mayDecide: true }, decision.proposedById)
  )
    throw new ExpectedError('forbidden', 'You proposed this: somebody else has to decide on it.')
  if (!seesAllOf(actor.scope, decision.scope as DecisionScope))
    throw new ExpectedError('forbidden', 'This decision is about hosts that you may not see.')
}

async function supersedeOthers(tx: PrismaTransaction, approved: StoredDecision): Promise<void> {
  const others = await tx.decision.findMany({
    where: { entryId: approved.entryId, state: 'approved', id: { not: approved.id } },
  })
  const scope = approved.scope as DecisionScope
  const covered = others.filter(
    (other) => scope.kind === 'fleet' || canonicalJson(other.scope as Json) === canonicalJson(scope as Json),
  )
  for (const other of covered)
    await moveDecision(tx, other, nextState('approved', 'supersede', other.verdict as Verdict))
}

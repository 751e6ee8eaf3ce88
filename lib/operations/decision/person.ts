import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type Action, may, requirePermission } from '@/lib/pipeline/decision/permissions'
import {
  type DecisionMove,
  type DecisionState,
  mayMove,
  nextState,
  type Verdict,
} from '@/lib/pipeline/decision/states'
import type { AccountActor } from '@/lib/store/accounts'
import {
  type DecisionWithRings,
  findStored,
  lockActor,
  type StoredDecision,
  seesAllOf,
} from '@/lib/store/decisions'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'

/** `version`: of the decision as the person read it. */
export const DecisionTarget = z.object({ id: z.int().positive(), version: z.int().min(0) })
export type Target = z.input<typeof DecisionTarget>

const MAX_COMMENT = 4000
export const Comment = z
  .string()
  .trim()
  .max(MAX_COMMENT, `The comment has at most ${MAX_COMMENT} characters.`)
/** What cannot be done without saying why. */
export const Reason = Comment.min(1, 'Say why.')

export const MOVED_ON =
  'Somebody else changed this decision meanwhile. It was not changed again: look at it as it is now.'

/** @throws ExpectedError 'forbidden' */
export function requirePerson(actor: Actor, action: Action): AccountActor {
  requirePermission(actor, action)
  if (actor.kind !== 'account') throw new ExpectedError('forbidden', 'A decision is made by a person.')
  return actor
}

/**
 * The decision, for somebody who may make a move on it, with the role and the sight that they have now: both may have changed since their page was made.
 * Whether it is still as they read it is for the move itself to find out.
 * @throws ExpectedError 'not-found' or 'forbidden'
 */
export async function getForMove(
  tx: PrismaTransaction,
  person: AccountActor,
  id: number,
  move: DecisionMove,
): Promise<DecisionWithRings> {
  const decision = await findStored(tx, id)
  if (!decision) throw new ExpectedError('not-found', 'There is no such decision.')
  const current = await lockActor(tx, person.accountId)
  const mover = {
    accountId: person.accountId,
    mayPropose: current !== null && may(current.role, 'propose'),
    mayDecide: current !== null && may(current.role, 'decide'),
  }
  if (current === null || !mayMove(move, mover, decision.proposedById)) throw refusal(move, person, decision)
  // as it was when they asked, and as it is now
  for (const { scope } of [person, current])
    await requireSight({ scope }, decision.scope as DecisionScope, tx)
  return decision
}

/**
 * Refuses what the move would, before evidence is worked out for it, which takes long. The move asks again: all of it may change meanwhile.
 * @throws ExpectedError 'not-found', 'forbidden' or 'conflict'
 */
export async function requireMovable(
  person: AccountActor,
  { id, version }: Target,
  move: DecisionMove,
): Promise<void> {
  const decision = await prisma().$transaction((tx) => getForMove(tx, person, id, move))
  nextState(decision.state as DecisionState, move, decision.verdict as Verdict)
  if (decision.version !== version) throw new ExpectedError('conflict', MOVED_ON)
}

function refusal(move: DecisionMove, person: AccountActor, { proposedById }: StoredDecision): ExpectedError {
  const isOwn = person.accountId === proposedById
  if (isOwn && (move === 'approve' || move === 'reject'))
    return new ExpectedError('forbidden', 'You proposed this: somebody else has to decide on it.')
  if (!isOwn && (move === 'withdraw' || move === 'propose' || move === 'break-glass'))
    return new ExpectedError('forbidden', 'Only its author can do that.')
  return new ExpectedError('forbidden', 'Your role no longer allows that: it was changed meanwhile.')
}

/** @throws ExpectedError 'forbidden' where a scope holds hosts that the person may not see */
export async function requireSight(
  person: Pick<AccountActor, 'scope'>,
  scope: DecisionScope,
  tx?: PrismaTransaction,
): Promise<void> {
  if (!(await seesAllOf(person.scope, scope, tx)))
    throw new ExpectedError('forbidden', 'This decision is about hosts that you may not see.')
}

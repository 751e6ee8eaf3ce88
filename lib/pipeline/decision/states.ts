import { ExpectedError } from '@/lib/errors'

export const VERDICTS = ['safe-to-block', 'restrict', 'required'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Verdicts that can be proposed as they are; restricting needs a scope and exceptions as well. */
export const PROPOSABLE_VERDICTS = ['safe-to-block', 'required'] as const satisfies readonly Verdict[]

export const DECISION_STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'superseded'] as const
export type DecisionState = (typeof DECISION_STATES)[number]

export type DecisionMove = 'approve' | 'reject' | 'withdraw' | 'supersede'

/** Every legal move and where it leads; what is not here cannot happen. Superseding is done by a later approval, never by hand. */
const MOVES: Readonly<Record<DecisionState, Readonly<Partial<Record<DecisionMove, DecisionState>>>>> = {
  proposed: { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' },
  approved: { supersede: 'superseded' },
  rejected: {},
  withdrawn: {},
  superseded: {},
}

/** The state a move leads to; null = not from here. */
export function findNextState(from: DecisionState, move: DecisionMove): DecisionState | null {
  return MOVES[from][move] ?? null
}

/** @throws ExpectedError 'conflict' when the move is not possible from there */
export function nextState(from: DecisionState, move: DecisionMove): DecisionState {
  const next = findNextState(from, move)
  if (next === null)
    throw new ExpectedError('conflict', `This decision is ${from}: it can no longer be changed this way.`)
  return next
}

export type Mover = { accountId: string; mayPropose: boolean; mayDecide: boolean }

/** Whether somebody may make a move: proposers withdraw, and never judge their own proposal. */
export function mayMove(move: DecisionMove, mover: Mover, proposedById: string): boolean {
  const isOwn = mover.accountId === proposedById
  switch (move) {
    case 'approve':
    case 'reject':
      return mover.mayDecide && !isOwn
    case 'withdraw':
      return mover.mayPropose && isOwn
    case 'supersede':
      return false
  }
}

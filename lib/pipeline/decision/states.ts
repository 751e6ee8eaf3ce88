import { ExpectedError } from '@/lib/errors'

/** What people conclude of a binary. */
export const CHOSEN_VERDICTS = ['safe-to-block', 'restrict', 'disable', 'required'] as const
/** An emergency block concludes nothing: whether normal work needs the binary was not looked at. */
export const VERDICTS = [...CHOSEN_VERDICTS, 'emergency'] as const
export type Verdict = (typeof VERDICTS)[number]

export const DECISION_STATES = [
  'draft',
  'audit',
  'proposed',
  'emergency',
  'approved',
  'enforced',
  'rejected',
  'withdrawn',
  'expired',
  'revoked',
  'superseded',
] as const
export type DecisionState = (typeof DECISION_STATES)[number]

export const DECISION_MOVES = [
  'start-audit',
  'propose',
  'break-glass',
  'approve',
  'reject',
  'withdraw',
  'enforce',
  'roll-back',
  'revoke',
  'expire',
  'supersede',
] as const
export type DecisionMove = (typeof DECISION_MOVES)[number]

/**
 * Every legal move and where it leads; what is not here cannot happen. In `audit` a control reports what it would block, and blocks nothing.
 * `emergency` is in force before anybody approved it, for EMERGENCY_HOURS. Superseding and expiring are never done by hand.
 */
const MOVES: Readonly<Record<DecisionState, Readonly<Partial<Record<DecisionMove, DecisionState>>>>> = {
  draft: { 'start-audit': 'audit', propose: 'proposed', 'break-glass': 'emergency', withdraw: 'withdrawn' },
  audit: { propose: 'proposed', 'break-glass': 'emergency', withdraw: 'withdrawn' },
  proposed: { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' },
  emergency: { approve: 'enforced', reject: 'rejected', withdraw: 'withdrawn', expire: 'expired' },
  approved: { enforce: 'enforced', revoke: 'revoked', expire: 'expired', supersede: 'superseded' },
  enforced: { 'roll-back': 'approved', revoke: 'revoked', expire: 'expired', supersede: 'superseded' },
  rejected: {},
  withdrawn: {},
  expired: {},
  revoked: {},
  superseded: {},
}

/** Moves of a block: what is required to stay ends at approved, and is reviewed. */
const BLOCKS_ONLY: ReadonlySet<DecisionMove> = new Set(['start-audit', 'break-glass', 'enforce'])

/** Hours that an emergency block holds before somebody approves it. */
export const EMERGENCY_HOURS = 72

/** The state a move leads to; null = not from here. */
export function findNextState(
  from: DecisionState,
  move: DecisionMove,
  verdict: Verdict,
): DecisionState | null {
  if (verdict === 'required' && BLOCKS_ONLY.has(move)) return null
  return MOVES[from][move] ?? null
}

/** @throws ExpectedError 'conflict' when the move is not possible from there */
export function nextState(from: DecisionState, move: DecisionMove, verdict: Verdict): DecisionState {
  const next = findNextState(from, move, verdict)
  if (next !== null) return next
  throw new ExpectedError(
    'conflict',
    verdict === 'required' && BLOCKS_ONLY.has(move)
      ? 'This decision keeps the binary allowed: there is nothing to block.'
      : `This decision is ${from}: it can no longer be changed this way.`,
  )
}

/** Whether nothing can happen to it any more. */
export function isFinal(state: DecisionState): boolean {
  return Object.keys(MOVES[state]).length === 0
}

/** Decisions that stand: approved by somebody, and not over. */
export const STANDING_STATES = ['approved', 'enforced'] as const satisfies readonly DecisionState[]
/** Decisions that wait for a manager. */
export const WAITING_STATES = ['proposed', 'emergency'] as const satisfies readonly DecisionState[]

/** Decisions that count: in audit, asked for, or standing. A draft is its author's alone, and the others are over. */
export const LIVE_STATES = [
  'audit',
  ...WAITING_STATES,
  ...STANDING_STATES,
] as const satisfies readonly DecisionState[]
export type LiveState = (typeof LIVE_STATES)[number]

export type Mover = { accountId: string; mayPropose: boolean; mayDecide: boolean }

/** Whether somebody may make a move: authors propose and withdraw what is theirs, and never judge it. */
export function mayMove(move: DecisionMove, mover: Mover, authorId: string): boolean {
  const isOwn = mover.accountId === authorId
  switch (move) {
    case 'propose':
    case 'withdraw':
    case 'break-glass':
      return mover.mayPropose && isOwn
    case 'approve':
    case 'reject':
      return mover.mayDecide && !isOwn
    case 'start-audit':
    case 'enforce':
    case 'roll-back':
      return mover.mayPropose
    case 'revoke':
      return mover.mayDecide
    case 'expire':
    case 'supersede':
      return false
  }
}

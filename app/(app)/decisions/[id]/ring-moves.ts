import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import { findNextRingState, type RingMove, type RingState } from '@/lib/pipeline/decision/rings'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'

/** The moves of a ring to offer while its decision is as it is; the operation checks them again. */
export function offeredRingMoves(
  { state, control }: Pick<DecisionDetail, 'state' | 'control'>,
  ring: RingState,
): RingMove[] {
  const moves: RingMove[] = []
  if (control === null) return moves
  const approved = state === 'approved' || state === 'enforced'
  if ((approved || state === 'audit') && CONTROL_FACTS[control].auditMode) moves.push('audit')
  if (approved) moves.push('enforce')
  if (approved || state === 'audit' || state === 'emergency') moves.push('roll-back')
  return moves.filter((move) => findNextRingState(ring, move) !== null)
}

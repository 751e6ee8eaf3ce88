import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import { type DECISION_STATES, type DecisionMove, findNextState, mayMove, nextState } from './states'

const MOVES: DecisionMove[] = ['approve', 'reject', 'withdraw', 'supersede']
const FINAL = ['rejected', 'withdrawn', 'superseded'] as const

describe('decision states', () => {
  test('no move leaves a final state', () => {
    for (const state of FINAL) for (const move of MOVES) expect(findNextState(state, move)).toBeNull()
  })
  test('every chain of moves ends: a decision changes at most twice', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MOVES)), (moves) => {
        let changes = 0
        moves.reduce<(typeof DECISION_STATES)[number]>((state, move) => {
          const next = findNextState(state, move)
          if (next !== null) changes++
          return next ?? state
        }, 'proposed')
        expect(changes).toBeLessThanOrEqual(2)
      }),
    )
  })
  test('an impossible move is refused as a conflict that names the state', () => {
    expect(() => nextState('rejected', 'approve')).toThrow(
      new ExpectedError('conflict', 'This decision is rejected: it can no longer be changed this way.'),
    )
  })
  test('a proposer cannot approve or reject their own proposal, whatever their role', () => {
    const own = { accountId: 'a', mayPropose: true, mayDecide: true }
    expect(mayMove('approve', own, 'a')).toBe(false)
    expect(mayMove('reject', own, 'a')).toBe(false)
    expect(mayMove('approve', own, 'b')).toBe(true)
  })
  test('only its proposer withdraws a proposal', () => {
    const somebody = { accountId: 'a', mayPropose: true, mayDecide: true }
    expect(mayMove('withdraw', somebody, 'a')).toBe(true)
    expect(mayMove('withdraw', somebody, 'b')).toBe(false)
  })
  test('nobody supersedes by hand', () => {
    expect(mayMove('supersede', { accountId: 'a', mayPropose: true, mayDecide: true }, 'b')).toBe(false)
  })
})

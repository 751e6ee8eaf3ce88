import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExpectedError } from '@/lib/errors'
import {
  DECISION_MOVES,
  DECISION_STATES,
  type DecisionState,
  findNextState,
  isFinal,
  mayMove,
  nextState,
  VERDICTS,
  type Verdict,
} from './states'

const BLOCKS = VERDICTS.filter((verdict) => verdict !== 'required')
const people = fc.record({
  accountId: fc.constantFrom('ada', 'mia', 'vic'),
  mayPropose: fc.boolean(),
  mayDecide: fc.boolean(),
})
const step = fc.record({ move: fc.constantFrom(...DECISION_MOVES), mover: people })

/** Every state of a decision by ada that goes from draft through the moves that are legal and allowed. */
function walk(verdict: Verdict, steps: readonly { move: (typeof DECISION_MOVES)[number]; mover: unknown }[]) {
  const seen: { state: DecisionState; move: string; by: string }[] = []
  let state: DecisionState = 'draft'
  for (const { move, mover } of steps) {
    const next = findNextState(state, move, verdict)
    const person = mover as { accountId: string; mayPropose: boolean; mayDecide: boolean }
    const system = move === 'expire' || move === 'supersede'
    if (next === null || !(system || mayMove(move, person, 'ada'))) continue
    state = next
    seen.push({ state, move, by: person.accountId })
  }
  return seen
}

function reachable(from: DecisionState, verdict: Verdict): Set<DecisionState> {
  const reached = new Set([from])
  // a set takes what is added to it into its own iteration
  for (const state of reached)
    for (const move of DECISION_MOVES) reached.add(findNextState(state, move, verdict) ?? state)
  return reached
}

describe('decision states', () => {
  test('the final states are those that nothing leaves, and the present ones are listed', () => {
    expect(DECISION_STATES.filter(isFinal)).toEqual([
      'rejected',
      'withdrawn',
      'expired',
      'revoked',
      'superseded',
    ])
  })
  test('nothing is approved or enforced but by somebody other than its author, or in an emergency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...VERDICTS), fc.array(step, { maxLength: 30 }), (verdict, steps) => {
        const seen = walk(verdict, steps)
        const first = seen.findIndex(({ state }) => state === 'approved' || state === 'enforced')
        if (first === -1) return
        expect(seen.slice(0, first + 1).some(({ move, by }) => move === 'approve' && by !== 'ada')).toBe(true)
      }),
    )
  })
  test('what is required to stay is never audited, enforced or an emergency', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const states = walk('required', steps).map(({ state }) => state)
        expect(states.filter((state) => ['audit', 'enforced', 'emergency'].includes(state))).toEqual([])
      }),
    )
  })
  test('every state is reached by a block, and every state that is not final can still end', () => {
    for (const verdict of BLOCKS)
      expect([...reachable('draft', verdict)].sort()).toEqual([...DECISION_STATES].sort())
    const stuck = DECISION_STATES.filter((state) => ![...reachable(state, 'restrict')].some(isFinal))
    expect(stuck).toEqual([])
  })
  test('a refusal says what the decision has become, or that there is nothing to block', () => {
    expect(() => nextState('rejected', 'approve', 'restrict')).toThrow(
      new ExpectedError('conflict', 'This decision is rejected: it can no longer be changed this way.'),
    )
    expect(() => nextState('approved', 'enforce', 'required')).toThrow(/nothing to block/)
  })
})

describe('who may move a decision', () => {
  const proposer = { accountId: 'ada', mayPropose: true, mayDecide: true }
  const other = { accountId: 'mia', mayPropose: true, mayDecide: true }
  const viewer = { accountId: 'vic', mayPropose: false, mayDecide: false }
  test('nobody judges what they proposed, whatever their role', () => {
    expect(mayMove('approve', proposer, 'ada')).toBe(false)
    expect(mayMove('reject', proposer, 'ada')).toBe(false)
    expect(mayMove('approve', other, 'ada')).toBe(true)
  })
  test('only authors propose and withdraw what is theirs', () => {
    expect(mayMove('withdraw', proposer, 'ada')).toBe(true)
    expect(mayMove('withdraw', other, 'ada')).toBe(false)
  })
  test('a viewer moves nothing, and nobody expires or supersedes by hand', () => {
    for (const move of DECISION_MOVES) expect(mayMove(move, viewer, 'ada')).toBe(false)
    expect(mayMove('expire', other, 'ada') || mayMove('supersede', other, 'ada')).toBe(false)
  })
})

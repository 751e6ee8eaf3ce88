import { describe, expect, test } from 'vitest'
import { replaces, type Standing, type Successor } from './replaces'
import type { RingState } from './rings'

const fleet = { kind: 'fleet' } as const
const group = { kind: 'groups' as const, ids: [7] }
const successor = (...states: RingState[]): Successor => ({
  verdict: 'restrict',
  state: 'approved',
  scope: fleet,
  decidedAt: 2,
  rings: states.map((state) => ({ state })),
})
const enforced: Standing = { state: 'enforced', scope: group, decidedAt: 1 }

describe('what stands until its successor is in force', () => {
  test.each<[RingState[], boolean]>([
    [['waiting'], false],
    [['audit'], false],
    [['enforced', 'waiting'], false],
    [['enforced', 'rolled-back'], false],
    [['enforced', 'enforced'], true],
  ])('an enforced block, beside rings that are %j: ended %s', (states, ended) => {
    expect(replaces(successor(...states), enforced)).toBe(ended)
  })
  test('what is approved and enforced nowhere has nothing to go on with', () => {
    expect(replaces(successor('waiting'), { ...enforced, state: 'approved' })).toBe(true)
  })
  test('a binary that is required is free at once', () => {
    expect(replaces({ ...successor('waiting'), verdict: 'required' }, enforced)).toBe(true)
  })
  test('hosts that the successor does not speak of keep what they have', () => {
    expect(replaces({ ...successor('enforced'), scope: group }, { ...enforced, scope: fleet })).toBe(false)
  })
  test('what was approved later is not replaced, though the earlier one is enforced again', () => {
    expect(replaces(successor('enforced'), { ...enforced, state: 'approved', decidedAt: 3 })).toBe(false)
  })
})

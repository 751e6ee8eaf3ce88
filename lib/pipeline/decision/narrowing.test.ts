import { expect, test } from 'vitest'
import type { DecisionScope } from './block'
import { problemOfNarrowing, problemOfRings } from './narrowing'

const FLEET: DecisionScope = { kind: 'fleet' }
const groups = (...ids: number[]): DecisionScope => ({ kind: 'groups', ids })
const hosts = (...ids: number[]): DecisionScope => ({ kind: 'hosts', ids })

test.each<[DecisionScope, DecisionScope, boolean]>([
  [FLEET, groups(1), true],
  [FLEET, hosts(7), true],
  [groups(1, 2), groups(2), true],
  [hosts(7, 8), hosts(8), true],
  [FLEET, FLEET, false],
  [groups(1), FLEET, false],
  [groups(1), groups(1, 2), false],
  [groups(2, 1), groups(1, 2), false],
  [groups(1), hosts(7), false],
  [hosts(7), groups(1), false],
  [FLEET, groups(), false],
])('what was proposed for %j may be approved for %j: %s', (scope, narrowed, may) => {
  expect(problemOfNarrowing({ verdict: 'restrict', scope }, narrowed) === null).toBe(may)
})

test('an emergency is approved as it is in force', () => {
  expect(problemOfNarrowing({ verdict: 'emergency', scope: FLEET }, groups(1))).toMatch(/as it is/)
})

test('no ring loses its last host', () => {
  const rings = [
    { name: 'First', groupIds: [1] },
    { name: 'Empty', groupIds: [9] },
    { name: 'The rest', groupIds: [] },
  ]
  const placed = [
    { hostId: 1, groupId: 1 },
    { hostId: 2, groupId: 2 },
    { hostId: 3, groupId: 3 },
  ]
  const problem = (narrowed: DecisionScope) => problemOfRings(rings, placed, FLEET, narrowed)
  expect(problem(groups(2, 3))).toMatch(/“First”/)
  expect(problem(groups(1))).toMatch(/“The rest”/)
  // what had no host before loses none
  expect(problem(groups(1, 2))).toBeNull()
})

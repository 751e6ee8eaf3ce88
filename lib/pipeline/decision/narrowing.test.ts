import { expect, test } from 'vitest'
import type { DecisionScope } from './block'
import { problemOfNarrowing, problemOfRings, problemOfRollout, ringsWithHosts } from './narrowing'

const FLEET: DecisionScope = { kind: 'fleet' }
const groups = (...ids: number[]): DecisionScope => ({ kind: 'groups', ids })
const hosts = (...ids: number[]): DecisionScope => ({ kind: 'hosts', ids })

/** 9 is in no group, and 10 is gone. */
const PLACED = [
  { hostId: 7, groupId: 1 },
  { hostId: 8, groupId: 2 },
  { hostId: 9, groupId: null },
]

test.each<[DecisionScope, DecisionScope, boolean]>([
  [FLEET, groups(1), true],
  [FLEET, hosts(7), true],
  [groups(1, 2), groups(2), true],
  [hosts(7, 8), hosts(8), true],
  [FLEET, FLEET, false],
  [groups(1), FLEET, false],
  [groups(1), groups(1, 2), false],
  [groups(2, 1), groups(1, 2), false],
  [groups(1), hosts(7), true],
  [groups(1, 2), hosts(7, 8), true],
  [groups(1), hosts(7, 8), false],
  [groups(1), hosts(9), false],
  [groups(1), hosts(10), false],
  [hosts(7), groups(1), false],
  [FLEET, groups(), false],
])('what was proposed for %j may be approved for %j: %s', (scope, narrowed, may) => {
  expect(problemOfNarrowing({ verdict: 'restrict', scope }, narrowed, PLACED) === null).toBe(may)
})

test('an emergency is approved as it is in force', () => {
  expect(problemOfNarrowing({ verdict: 'emergency', scope: FLEET }, groups(1), PLACED)).toMatch(/as it is/)
})

const RINGS = [
  { name: 'First', groupIds: [1], state: 'waiting' },
  { name: 'Second', groupIds: [2], state: 'waiting' },
  { name: 'The rest', groupIds: [], state: 'waiting' },
]
const placed = (...groupIds: number[]) => groupIds.map((groupId) => ({ hostId: groupId, groupId }))

test.each<[number[], string[], string[]]>([
  [[1, 2, 3], ['First', 'Second', 'The rest'], []],
  [[2, 3], ['Second', 'The rest'], ['First']],
  [[1, 2], ['First', 'Second'], ['The rest']],
  [[3], ['The rest'], ['First', 'Second']],
  [[], ['First', 'Second', 'The rest'], []],
])('on hosts of the groups %j the rings %j are left, and %j fall away', (groupIds, left, emptied) => {
  const rollout = ringsWithHosts(RINGS, placed(...groupIds))
  expect(rollout.left.map(({ name }) => name)).toEqual(left)
  expect(rollout.left.at(-1)?.groupIds).toEqual([])
  expect(rollout.emptied.map(({ name }) => name)).toEqual(emptied)
})

test('what is in audit keeps a host, and so does the decision', () => {
  const inAudit = RINGS.map((ring, at) => (at === 0 ? { ...ring, state: 'audit' } : ring))
  const all = placed(1, 2, 3)
  expect(problemOfRollout(RINGS, all, placed(2))).toBeNull()
  expect(problemOfRollout(inAudit, all, placed(2))).toMatch(/“First”/)
  expect(problemOfRollout(inAudit, all, placed(1))).toBeNull()
  expect(problemOfRollout(RINGS, all, [])).toMatch(/No host would be left/)
  // of what nobody has yet, nothing is lost
  expect(problemOfRollout(inAudit, [], [])).toBeNull()
})

test('a ring without a host of the scope is not proposed', () => {
  expect(problemOfRings(RINGS, placed(1, 2, 3))).toBeNull()
  expect(problemOfRings(RINGS, placed(1, 3))).toMatch(/“Second”/)
  expect(problemOfRings(RINGS, placed(1, 2))).toMatch(/before “The rest”/)
  expect(problemOfRings(RINGS, [])).toBeNull()
  expect(problemOfRings([{ name: 'All', groupIds: [] }], placed(1))).toBeNull()
})

import { expect, test } from 'vitest'
import type { BlockException, DecisionScope } from './block'
import { mergeEffect } from './merging'

const [OLD, NEW] = [
  { hostId: 1, groupId: 10 },
  { hostId: 2, groupId: 20 },
]
const effect = (scope: DecisionScope, exceptions: BlockException[] = []) =>
  mergeEffect({ scope, exceptions }, [OLD, NEW], NEW)
const hosts = (...ids: number[]): DecisionScope => ({ kind: 'hosts', ids })
const groups = (...ids: number[]): DecisionScope => ({ kind: 'groups', ids })
const sparing = (kind: 'host' | 'group', id: number): BlockException[] => [
  { kind, id, reason: 'Not yet.', until: null },
]

test('a decision on a host goes with it to the host that it becomes', () => {
  expect(effect(hosts(1, 7))).toEqual({ holds: true, changed: [NEW] })
  expect(effect(hosts(2))).toEqual({ holds: true, changed: [OLD] })
})

test('one on groups holds by the group of the host that stays', () => {
  expect(effect(groups(10))).toEqual({ holds: false, changed: [OLD] })
  expect(effect(groups(20))).toEqual({ holds: true, changed: [OLD] })
})

test('what is spared goes along too', () => {
  expect(effect({ kind: 'fleet' }, sparing('host', 1))).toEqual({ holds: false, changed: [NEW] })
  expect(effect({ kind: 'fleet' }, sparing('group', 10))).toEqual({ holds: true, changed: [OLD] })
  expect(effect(hosts(1), sparing('group', 20))).toEqual({ holds: false, changed: [OLD] })
})

test('nothing changes where it holds for all of them before and after, or for none', () => {
  for (const scope of [{ kind: 'fleet' } as const, hosts(1, 2), groups(10, 20), hosts(7), groups(30)])
    expect(effect(scope).changed).toEqual([])
})

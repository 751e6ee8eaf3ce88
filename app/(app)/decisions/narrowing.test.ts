import { expect, test } from 'vitest'
import type { Narrowable } from '@/lib/store/screens/decision/narrowed'
import { AS_PROPOSED, keptOf, keptWords, type Narrowing, problemOf, tick } from './narrowing'

const OFFERED: Narrowable[] = [
  {
    kind: 'groups',
    choices: [
      { id: 1, name: 'Kiosks' },
      { id: 2, name: 'Tills' },
    ],
  },
  { kind: 'hosts', choices: Array.from({ length: 12 }, (_, at) => ({ id: at + 1, name: `ws-${at + 1}` })) },
]
const kept = (narrowing: Narrowing) => keptOf(narrowing, OFFERED)

test('it holds everywhere only where that is what was chosen', () => {
  expect(kept(AS_PROPOSED)).toBeNull()
  expect(problemOf(null)).toBeNull()
  for (const [kind, place] of [
    ['groups', 'host group'],
    ['hosts', 'host'],
  ] as const) {
    const begun = { ...AS_PROPOSED, kind }
    expect(problemOf(kept(begun))).toContain(`at least one ${place},`)
    expect(problemOf(kept(tick(begun, kind, 1, true)))).toBeNull()
    expect(problemOf(kept(tick(tick(begun, kind, 1, true), kind, 1, false)))).not.toBeNull()
  }
})

test('what was ticked stays while another kind is looked at, and counts for its own alone', () => {
  const groups = tick({ ...AS_PROPOSED, kind: 'groups' }, 'groups', 2, true)
  expect(kept({ ...groups, kind: 'all' })).toBeNull()
  expect(kept({ ...groups, kind: 'hosts' })?.ids).toEqual([])
  const both = tick({ ...groups, kind: 'hosts' }, 'hosts', 7, true)
  expect(kept(both)).toEqual({ kind: 'hosts', ids: [7], names: ['ws-7'] })
  expect(kept({ ...both, kind: 'groups' })).toEqual({ kind: 'groups', ids: [2], names: ['Tills'] })
})

test('a place that is no longer offered is not kept', () => {
  const gone = tick({ ...AS_PROPOSED, kind: 'groups' }, 'groups', 99, true)
  expect(problemOf(kept(gone))).not.toBeNull()
  expect(keptOf({ ...gone, kind: 'hosts' }, OFFERED.slice(0, 1))?.ids).toEqual([])
})

test('a few places are named, many are counted', () => {
  const ticked = (count: number) => ({
    groups: [1, 2],
    hosts: Array.from({ length: count }, (_, at) => at + 1),
  })
  const words = (narrowing: Narrowing) => {
    const left = kept(narrowing)
    return left && keptWords(left)
  }
  expect(words({ kind: 'groups', ticked: ticked(0) })).toBe('Kiosks, Tills')
  expect(words({ kind: 'hosts', ticked: ticked(11) })).toBe('11 hosts')
})

import { expect, test } from 'vitest'
import { AS_PROPOSED, confirmedWords, keptOf, keptWords, type Narrowing, problemOf } from './narrowing'

const OFFERED = {
  groups: [
    { id: 1, name: 'Kiosks' },
    { id: 2, name: 'Tills' },
  ],
  hosts: Array.from({ length: 12 }, (_, at) => ({ id: at + 1, name: `ws-${at + 1}` })),
}
const kept = (narrowing: Narrowing) => keptOf(narrowing, OFFERED)
const chosen = (kind: Narrowing['kind'], groups: number[], hosts: number[]): Narrowing => ({
  kind,
  chosen: { groups, hosts },
})

test('it holds everywhere only where that is what was chosen', () => {
  expect(kept(AS_PROPOSED)).toBeNull()
  expect(problemOf(null)).toBeNull()
  expect(problemOf(kept(chosen('groups', [], [])))).toContain('at least one host group,')
  expect(problemOf(kept(chosen('hosts', [], [])))).toContain('at least one host,')
  expect(problemOf(kept(chosen('groups', [1], [])))).toBeNull()
  expect(problemOf(kept(chosen('hosts', [], [1])))).toBeNull()
})

test('what was chosen stays while another kind is looked at, and counts for its own alone', () => {
  expect(kept(chosen('all', [2], [7]))).toBeNull()
  expect(kept(chosen('hosts', [2], []))?.ids).toEqual([])
  expect(kept(chosen('hosts', [2], [7]))).toEqual({ kind: 'hosts', ids: [7], names: ['ws-7'] })
  expect(kept(chosen('groups', [2], [7]))).toEqual({ kind: 'groups', ids: [2], names: ['Tills'] })
})

test('a place that is no longer offered is not kept', () => {
  expect(problemOf(kept(chosen('groups', [99], [])))).not.toBeNull()
  expect(keptOf(chosen('hosts', [], [1]), { ...OFFERED, hosts: [] })?.ids).toEqual([])
})

test('a few places are named, many are counted', () => {
  const words = (narrowing: Narrowing) => {
    const left = kept(narrowing)
    return left && keptWords(left)
  }
  expect(words(chosen('groups', [1, 2], []))).toBe('Kiosks, Tills')
  expect(words(chosen('hosts', [], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]))).toBe('11 hosts')
})

test('who proves who they are for an approval reads what it does where it is to hold', () => {
  const sentence = {
    binary: 'mshta.exe',
    verdict: 'safe-to-block',
    effect: 'execution',
    control: 'applocker',
    where: 'the whole fleet',
    exceptions: 0,
  } as const
  const words = (narrowing: Narrowing) => confirmedWords('Approve this decision', sentence, kept(narrowing))
  expect(words(AS_PROPOSED)).toBe(
    'Approve this decision: Refuse to start mshta.exe on the whole fleet by AppLocker',
  )
  expect(words(chosen('groups', [2], []))).toContain('mshta.exe on Tills by')
})

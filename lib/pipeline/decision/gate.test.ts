import { describe, expect, test } from 'vitest'
import type { Evidence } from './evidence'
import { concernsOf, materialChanges, notNeverSeen } from './evidence-change'
import { attemptKind, type RingWatch, ringAlarms, ringGate } from './gate'

const WATCH: RingWatch = {
  version: 1,
  hosts: 10,
  reporting: 10,
  silent: [],
  days: 8,
  confirmed: 10,
  confirmedBy: 'policy',
  policyIds: ['1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
  otherPolicies: 0,
  executions: 3,
  executionHosts: 1,
  unheard: [],
  wouldBlock: 3,
  blocked: 0,
  kinds: [{ kind: attemptKind('a', 'b'), parent: 'a', user: 'b', events: 3, hosts: 1, spared: false }],
  moreKinds: 0,
  unmatched: 0,
  unmatchedOn: [],
}
const EXPLAINED = new Set([attemptKind('a', 'b')])
const gate = (differing: Partial<RingWatch>, explained = EXPLAINED) =>
  ringGate({ state: 'audit', control: 'applocker', watch: { ...WATCH, ...differing }, explained, earlier: 0 })
const held = (differing: Partial<RingWatch>, explained = EXPLAINED) =>
  gate(differing, explained).checks.flatMap(({ id, ok }) => (ok ? [] : [id]))

describe('the gate of a ring', () => {
  test('opens when everything is explained, covered and old enough', () => {
    expect(gate({}).ready).toBe(true)
  })
  test('says what holds a ring back', () => {
    expect(held({}, new Set())).toEqual(['explained'])
    expect(held({ days: 6 })).toEqual(['days'])
    expect(held({ reporting: 8 })).toEqual(['coverage'])
    expect(held({ unheard: [{ id: 1, name: 'ws-1' }] })).toEqual(['heard'])
    expect(held({ moreKinds: 1 })).toEqual(['explained'])
    expect(held({ hosts: 0, reporting: 0 })).toEqual(['hosts', 'coverage'])
  })
  test('waits to hear of a control only where its log is read', () => {
    const unheard = { ...WATCH, unheard: [{ id: 1, name: 'ws-1' }] }
    const input = { state: 'audit', watch: unheard, explained: EXPLAINED, earlier: 0 } as const
    expect(ringGate({ ...input, control: 'asr' }).ready).toBe(false)
    expect(ringGate({ ...input, control: 'santa' }).ready).toBe(true)
    expect(ringGate({ ...input, control: 'edr' }).ready).toBe(true)
  })
  test('a ring that was never in audit, or comes out of order, is not ready', () => {
    const input = { control: 'applocker', watch: WATCH, explained: EXPLAINED } as const
    expect(ringGate({ ...input, state: 'waiting', earlier: 0 }).ready).toBe(false)
    expect(ringGate({ ...input, state: 'audit', earlier: 1 }).ready).toBe(false)
    expect(ringGate({ ...input, state: 'audit', earlier: 0, watch: null }).ready).toBe(false)
  })
})

describe('alarms', () => {
  test('an enforced block that runs is grave, a silent host is not known to hold', () => {
    const watch = {
      ...WATCH,
      unmatched: 2,
      unmatchedOn: [{ id: 1, name: 'ws-1' }],
      silent: [{ id: 2, name: 'ws-2' }],
      reporting: 9,
    }
    expect(ringAlarms('enforced', 'execution', watch).map(({ key, grave }) => [key, grave])).toEqual([
      ['runs', true],
      ['silent', false],
    ])
    expect(ringAlarms('audit', 'execution', watch)).toEqual([])
    expect(ringAlarms('enforced', 'reassociate', watch).map(({ key }) => key)).toEqual(['silent'])
  })
})

const THEN: Evidence = {
  version: 1,
  window: { from: '2026-01-01', to: '2026-01-31' },
  executions: 10,
  hosts: 2,
  patterns: 1,
  parents: 0,
  users: 1,
  lastDay: '2026-01-30',
  earlier: null,
  openDeviations: 0,
  maliciousDeviations: 0,
  highestScoreMillibits: 0,
  notSeenOn: { full: 38, partial: 0, 'no-command-lines': 0, silent: 0 },
  topHosts: [],
  topPatterns: [{ name: '/i {path}', executions: 10, hosts: 2 }],
  topParents: [],
  topUsers: [],
  suggestion: null,
}
const changed = (differing: Partial<Evidence>, verdict: 'restrict' | 'required' = 'restrict') =>
  materialChanges(THEN, { ...THEN, ...differing }, verdict).map(({ key }) => key)

describe('evidence', () => {
  test('that did not change asks for no second look, nor does a run more', () => {
    expect(changed({})).toEqual([])
    expect(changed({ executions: 12 })).toEqual([])
  })
  test('that changed materially says in what', () => {
    expect(changed({ hosts: 3 })).toEqual(['more-hosts'])
    expect(changed({ executions: 20 })).toEqual(['more-executions'])
    expect(changed({ topPatterns: [...THEN.topPatterns, { name: '/q', executions: 1, hosts: 1 }] })).toEqual([
      'new-patterns',
    ])
    expect(changed({ maliciousDeviations: 1 })).toEqual(['malicious'])
    expect(changed({ notSeenOn: { full: 30, partial: 8, 'no-command-lines': 0, silent: 0 } })).toEqual([
      'less-sight',
    ])
    expect(changed({ window: { from: '2026-02-01', to: '2026-03-15' } })).toEqual(['aged'])
    expect(materialChanges({ ...THEN, executions: 0 }, THEN, 'restrict')[0]?.key).toBe('first-use')
  })
  test('of what is required to stay changes when nothing uses it any more', () => {
    expect(changed({ executions: 0 }, 'required')).toEqual(['no-use'])
    expect(changed({ executions: 500, hosts: 30 }, 'required')).toEqual([])
  })
  test('that cannot be read asks for a look', () => {
    expect(materialChanges(null, THEN, 'restrict')[0]?.key).toBe('unreadable')
    expect(materialChanges(THEN, null, 'restrict')[0]?.key).toBe('unknown')
  })
  test('says so where patterns were judged malicious, and where there is no history', () => {
    expect(concernsOf({ ...THEN, maliciousDeviations: 2 }, 'required')[0]?.words).toMatch(
      /keeps that way open/,
    )
    expect(concernsOf({ ...THEN, window: null }, 'restrict')[0]?.words).toMatch(/nothing is suggested/)
  })
  test('never says never seen without history, coverage and time', () => {
    const unused = { ...THEN, executions: 0, hosts: 0 }
    expect(notNeverSeen(unused)).toEqual([])
    expect(notNeverSeen({ ...unused, window: null })).toHaveLength(1)
    expect(notNeverSeen({ ...unused, window: { from: '2026-01-25', to: '2026-01-31' } })[0]).toMatch(/7 days/)
    expect(
      notNeverSeen({ ...unused, notSeenOn: { full: 8, partial: 2, 'no-command-lines': 0, silent: 0 } })[0],
    ).toMatch(/8 of 10/)
    expect(notNeverSeen(THEN)[0]).toMatch(/ran 10 times/)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cyclesIn, cycleWords } from './business-cycles'
import { boundShare } from './interruption-bound'
import { assessNecessity, type NecessityFacts, type Purpose } from './necessity'

const NONE = { executions: 0, hosts: 0, people: 0 }
const UNUSED: NecessityFacts = {
  unrecorded: null,
  window: { from: '2026-01-01', to: '2026-06-29' },
  silent: [],
  hostDays: 6000,
  hostsUsing: 0,
  notSeenOn: { full: 36, partial: 0, 'no-command-lines': 4, silent: 0 },
  daysUsed: 0,
  lastDay: null,
  executions: 0,
  people: 0,
  by: { system: NONE, service: NONE, person: NONE, unreported: NONE },
  purposes: [],
  purposesTotal: 0,
  openDeviations: 0,
  maliciousDeviations: 0,
}
const PURPOSE: Purpose = {
  parent: 'explorer.exe @ windows',
  pattern: '{desktop}\\form.hta',
  words: 'ran an HTML application',
  starter: 'person',
  executions: 90,
  hosts: 3,
  people: 2,
  days: 20,
  lastDay: '2026-06-26',
  deviation: null,
}
const USED: NecessityFacts = {
  ...UNUSED,
  hostsUsing: 3,
  notSeenOn: { full: 37, partial: 0, 'no-command-lines': 0, silent: 0 },
  executions: 90,
  people: 2,
  purposes: [PURPOSE],
  purposesTotal: 1,
  by: { ...UNUSED.by, person: { executions: 90, hosts: 3, people: 2 } },
}

describe('necessity', () => {
  test('nothing is suggested without history, on a short one, or where too many hosts are blind', () => {
    const verdictOf = (change: Partial<NecessityFacts>) =>
      assessNecessity({ ...UNUSED, ...change }).suggestion.verdict
    expect(verdictOf({ window: null })).toBeNull()
    expect(verdictOf({ notSeenOn: { full: 0, partial: 0, 'no-command-lines': 0, silent: 0 } })).toBeNull()
    expect(verdictOf({ window: { from: '2026-01-01', to: '2026-01-20' } })).toBeNull()
    expect(verdictOf({ silent: [{ from: '2026-01-05', to: '2026-06-25' }] })).toBeNull()
    expect(verdictOf({ notSeenOn: { full: 0, partial: 40, 'no-command-lines': 0, silent: 0 } })).toBeNull()
    expect(verdictOf({ notSeenOn: { full: 20, partial: 0, 'no-command-lines': 0, silent: 20 } })).toBeNull()
    expect(verdictOf({ unrecorded: 'not-counted' })).toBeNull()
    expect(verdictOf({})).toBe('safe-to-block')
  })
  test('use on one host is no reason to block where most others are blind, and reason enough to keep what is required', () => {
    const blind = { full: 3, partial: 0, 'no-command-lines': 0, silent: 34 }
    const { suggestion } = assessNecessity({ ...USED, notSeenOn: blind })
    expect(suggestion).toMatchObject({ verdict: null })
    expect(suggestion.reasons[0]).toContain('34 hosts of 40 cannot be seen well enough')
    const malicious = { ...USED, purposes: [{ ...PURPOSE, deviation: 'malicious' }], notSeenOn: blind }
    expect(assessNecessity(malicious).suggestion.verdict).toBeNull()
    const bySystem = { ...USED.by, system: { executions: 900, hosts: 5, people: 0 } }
    expect(
      assessNecessity({ ...USED, hostsUsing: 5, notSeenOn: blind, by: bySystem }).suggestion.verdict,
    ).toBe('required')
  })
  test('what nobody used is bounded by hosts and by host-days, and the blind are named', () => {
    const { hostBound, dayBound, suggestion } = assessNecessity(UNUSED)
    expect(hostBound).toMatchObject({ seen: 0, of: 36, method: 'rule-of-three' })
    expect(dayBound?.upper).toBeCloseTo(3 / 6000, 5)
    expect(suggestion.cautions[0]).toContain('4 hosts without it cannot be seen well enough')
  })
  test('few purposes are spared one by one; what Windows itself starts widely is required', () => {
    expect(assessNecessity(USED).suggestion.verdict).toBe('restrict')
    const none = { full: 10, partial: 0, 'no-command-lines': 0, silent: 0 }
    const bySystem = { ...USED.by, system: { executions: 900, hosts: 30, people: 0 } }
    expect(
      assessNecessity({ ...USED, hostsUsing: 30, notSeenOn: none, by: bySystem }).suggestion.verdict,
    ).toBe('required')
  })
  test('use that was ruled malicious is no need; an open deviation that became a habit may be one', () => {
    const { suggestion } = assessNecessity({
      ...USED,
      purposes: [{ ...PURPOSE, deviation: 'malicious' }],
      maliciousDeviations: 1,
      openDeviations: 2,
    })
    expect(suggestion.verdict).toBe('safe-to-block')
    const habit = assessNecessity({
      ...USED,
      purposes: [{ ...PURPOSE, deviation: 'open' }],
      openDeviations: 1,
    })
    expect(habit.suggestion.verdict).toBe('restrict')
    expect(suggestion.cautions).toContain('1 deviation of it was ruled malicious.')
  })
})

describe('bounds', () => {
  test('none in n stays within the rule of three', () => {
    for (const n of [10, 40, 1000, 100_000]) {
      const upper = boundShare(0, n)?.upper ?? 1
      expect(upper).toBeLessThanOrEqual(3 / n)
      expect(upper).toBeGreaterThan(2.5 / n)
    }
    expect(boundShare(0, 0)).toBeNull()
  })
  test('lie above the share seen, and fall as more is seen of the same share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (seen, unseen) => {
        const upper = boundShare(seen, seen + unseen)?.upper ?? 0
        expect(upper).toBeGreaterThan(seen / (seen + unseen))
        expect(upper).toBeLessThanOrEqual(1)
        expect(boundShare(seen * 10, (seen + unseen) * 10)?.upper).toBeLessThan(upper)
      }),
    )
  })
  test('agree with the formula worked by hand: 10 of 100 is at most 0.160', () => {
    expect(boundShare(10, 100)?.upper).toBeCloseTo(0.1604, 3)
  })
})

describe('business cycles', () => {
  test('a half-year holds five whole month-ends and one quarter-end; the last day of all proves nothing yet', () => {
    const cycles = cyclesIn({ from: '2026-01-01', to: '2026-06-29' })
    expect(cycles).toEqual({ days: 180, weeks: 25, monthEnds: 5, quarterEnds: 1, yearEnds: 0, patchDays: 6 })
    expect(cycleWords(cycles)).toBe(
      'Covers 25 weeks, 6 patch days, 5 month-ends and 1 quarter-end; no year-end.',
    )
  })
  test('a month in which nothing reported holds no end, no patch day and no week', () => {
    const year = { from: '2025-01-01', to: '2026-06-29' }
    expect(cyclesIn(year, [{ from: '2025-01-01', to: '2025-12-31' }])).toEqual(
      cyclesIn({ from: '2026-01-01', to: '2026-06-29' }),
    )
  })
  test('every month has one end, whatever day it falls on', () => {
    const year = cyclesIn({ from: '2026-01-01', to: '2027-01-04' })
    expect([year.monthEnds, year.quarterEnds, year.yearEnds]).toEqual([12, 4, 1])
    expect(cycleWords(cyclesIn({ from: '2026-01-05', to: '2026-01-06' }))).toBe(
      'No whole week, no patch day, no month-end, no quarter-end and no year-end.',
    )
  })
})

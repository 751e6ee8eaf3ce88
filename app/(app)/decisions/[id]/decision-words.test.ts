import { describe, expect, test } from 'vitest'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import type { Verdict } from '@/lib/pipeline/decision/states'
import { decidedLabel, endingOf, knownWords, suggestionsOf, widerEvidenceInWords } from './decision-words'

const AT = Date.UTC(2026, 6, 1) * 1000

function entry(action: string, detail: Json = null) {
  return { id: '7', at: AT, actor: 'worker', action, detail }
}

test('who approved a decision is not told as who ended it', () => {
  expect(decidedLabel('expired')).toBe('Approved')
  expect(decidedLabel('superseded')).toBe('Approved')
  expect(decidedLabel('revoked')).toBe('Revoked')
})

describe('when and why a decision ended', () => {
  const approved = entry('decision-approved')

  test('its last day is over, when the history says so', () => {
    expect(
      endingOf({ state: 'expired', history: [entry('decision-expired'), approved], expiresOn: '2026-06-30' }),
    ).toEqual({ at: AT, words: 'its last day, 2026-06-30, is over' })
  })

  test('its last day is told also where the history does not say', () => {
    expect(endingOf({ state: 'expired', history: [approved], expiresOn: '2026-06-30' })?.at).toBeNull()
  })

  test('an emergency that lapsed was approved by nobody', () => {
    expect(endingOf({ state: 'expired', history: [entry('decision-lapsed')], expiresOn: null })).toEqual({
      at: AT,
      words: 'nobody approved it in time',
    })
  })

  test('another one took its place, by number where the reader may know', () => {
    const superseded = (detail: Json) =>
      endingOf({ state: 'superseded', history: [entry('decision-superseded', detail)], expiresOn: null })
    expect(superseded({ by: 9 })?.words).toBe('decision 9 took its place')
    expect(superseded(null)?.words).toBe('another one took its place')
  })

  test('what stands, and what somebody ended, has none', () => {
    expect(endingOf({ state: 'enforced', history: [approved], expiresOn: '2026-06-30' })).toBeNull()
    expect(endingOf({ state: 'revoked', history: [entry('decision-revoked')], expiresOn: null })).toBeNull()
  })
})

const suggesting = (verdict: Verdict) =>
  ({ executions: 640, hosts: 31, suggestion: { verdict, reasons: [], cautions: [] } }) as unknown as Evidence

test('what the numbers suggested for more hosts is told beside what they did where an approval left it', () => {
  const labels = (proposedScope: DecisionScope | null, proposedEvidence: Evidence | null) =>
    suggestionsOf({ proposedEvidence, decided: suggesting('restrict'), now: null, proposedScope }).map(
      ({ label, suggestion }) => [label, suggestion.verdict],
    )
  expect(labels(null, suggesting('restrict'))).toEqual([
    ['When it was proposed, and when it was decided', 'restrict'],
  ])
  expect(labels({ kind: 'fleet' }, suggesting('required'))).toEqual([
    ['When it was proposed for more hosts', 'required'],
    ['When it was decided', 'restrict'],
  ])
  // who does not see all that it was proposed for
  expect(labels({ kind: 'fleet' }, null)).toEqual([['When it was decided', 'restrict']])
})

describe('what a proposal rests on', () => {
  test('is told with another verdict than its own, where the numbers suggested one', () => {
    expect(knownWords(suggesting('required'), 'safe-to-block')).toBe(
      'on 640 executions on 31 hosts; suggested then: Required',
    )
    expect(knownWords(suggesting('restrict'), 'restrict')).toBe('on 640 executions on 31 hosts')
    expect(knownWords(suggesting('required'), 'emergency')).toBe('on 640 executions on 31 hosts')
    expect(knownWords({ ...suggesting('required'), suggestion: null }, 'restrict')).toBe(
      'on 640 executions on 31 hosts',
    )
  })

  test('is told of more hosts only where an approval narrowed it, and to who sees them', () => {
    const told = (proposedWhere: string | null, proposedEvidence: Evidence | null) =>
      widerEvidenceInWords({ proposedWhere, proposedEvidence, verdict: 'safe-to-block' })
    expect(told('Servers, Tills', suggesting('required'))).toBe(
      'Proposed for Servers, Tills, on 640 executions on 31 hosts; suggested then: Required.',
    )
    expect(told(null, suggesting('required'))).toBeNull()
    expect(told('2 host groups', null)).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { decidedLabel, endingOf, suggestionsOf } from './decision-words'

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

test('what is known of a narrowed decision is not told as known when it was proposed', () => {
  const known = { suggestion: { verdict: 'required', reasons: [], cautions: [] } } as unknown as Evidence
  const labels = (proposedScope: DecisionScope | null) =>
    suggestionsOf({ evidence: known, decided: known, now: null, proposedScope }).map(({ label }) => label)
  expect(labels(null)).toEqual(['When it was proposed, and when it was decided'])
  expect(labels({ kind: 'fleet' })).toEqual(['When it was decided'])
})

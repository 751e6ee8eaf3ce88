import { describe, expect, test } from 'vitest'
import { CATALOGUE } from './catalogue'
import { LEGITIMATE_NEEDS, legitimateNeedsOf } from './legitimate-needs'

const SOURCES =
  /^https:\/\/(learn\.microsoft\.com\/en-us|attack\.mitre\.org\/techniques|lolbas-project\.github\.io\/lolbas)\//

describe('notes on legitimate use', () => {
  test('there are at least 25, each of a binary of the catalogue, each once', () => {
    const slugs = LEGITIMATE_NEEDS.map(({ slug }) => slug)
    expect(new Set(slugs).size).toBe(slugs.length)
    expect(slugs.length).toBeGreaterThanOrEqual(25)
    const known = new Set(CATALOGUE.map(({ slug }) => slug))
    expect(slugs.filter((slug) => !known.has(slug))).toEqual([])
  })
  test('every binary that the countermeasures name on Windows has one', () => {
    const named = CATALOGUE.filter(
      ({ namedInMission, countermeasures, platform, kind }) =>
        platform === 'windows' && kind === 'binary' && (namedInMission || countermeasures.length > 0),
    )
    expect(named.map(({ slug }) => slug).filter((slug) => legitimateNeedsOf(slug) === null)).toEqual([])
  })
  test('each says who needs it, what stops without it, and where that is written', () => {
    for (const { needs, whenBlocked, sources } of LEGITIMATE_NEEDS) {
      expect(needs.length).toBeGreaterThan(0)
      for (const sentence of [...needs, whenBlocked]) expect(sentence).toMatch(/^[A-Z].{20,}\.$/)
      expect(sources.length).toBeGreaterThan(0)
      for (const source of sources) expect(source).toMatch(SOURCES)
    }
  })
})

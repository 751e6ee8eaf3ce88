import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildProfile, EMPTY_PROFILE, level, profileWithin, tailProbability } from './profile'

const VALUES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const counts = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...VALUES), fc.integer({ min: 1, max: 5000 })), {
    selector: ([v]) => v,
  })
  .map((entries) => new Map(entries))
const scopes = fc.array(counts.map(buildProfile), { minLength: 0, maxLength: 3 })

test('a part of a profile is what a profile of its values alone would be; a part that nobody has is empty', () => {
  fc.assert(
    fc.property(counts, fc.constantFrom('x', 'y'), (known, part) => {
      const partOf = (value: string) => (value < 'e' ? 'x' : 'y')
      const alone = new Map([...known].filter(([value]) => partOf(value) === part))
      const { n, K, N1, nu, tails } = profileWithin(buildProfile(known), partOf, part)
      const expected = buildProfile(alone)
      expect({ n, K, N1, nu, tails }).toEqual({
        n: expected.n,
        K: expected.K,
        N1: expected.N1,
        nu: expected.nu,
        tails: expected.tails,
      })
    }),
  )
  expect(profileWithin(buildProfile(new Map([['a', 1]])), () => 'x', 'y')).toEqual(EMPTY_PROFILE)
})

describe('level', () => {
  test('counts of one log₂ band share a level', () => {
    expect([1, 2, 3, 4, 7, 8, 1023, 1024].map(level)).toEqual([0, 1, 1, 2, 2, 3, 9, 10])
  })
})

describe('tailProbability', () => {
  test('gives the published formula by hand', () => {
    // n = 1 + 4 = 5, K = 2, N₁ = 1, d = 0.5, ν = (1 + 1)/(5 + 1) = 1/3
    const profile = buildProfile(
      new Map([
        ['often', 4],
        ['once', 1],
      ]),
    )
    expect(tailProbability([profile], 'never').p).toBeCloseTo(1 / 3, 12)
    expect(tailProbability([profile], 'once').p).toBeCloseTo(1 / 3 + 0.5 / 6, 12)
    expect(tailProbability([profile], 'often').p).toBeCloseTo(1 / 3 + (0.5 + 3.5) / 6, 12)
    expect(tailProbability([profile], 'once').nu).toBeCloseTo(1 / 3, 12)
  })

  test('without any history everything has probability 1 and maturity is nil', () => {
    expect(tailProbability([], 'x')).toEqual({ p: 1, nu: 1 })
    expect(tailProbability([EMPTY_PROFILE, EMPTY_PROFILE], 'x')).toEqual({ p: 1, nu: 1 })
  })

  test('is a probability above 0', () => {
    fc.assert(
      fc.property(scopes, fc.string(), (profiles, value) => {
        const { p, nu } = tailProbability(profiles, value)
        expect(p > 0 && p <= 1 && nu > 0 && nu <= 1).toBe(true)
      }),
    )
  })

  test('an unseen value is never likelier than a seen one', () => {
    fc.assert(
      fc.property(counts, (known) => {
        const profile = buildProfile(known)
        const unseen = tailProbability([profile], 'unseen').p
        for (const value of known.keys())
          expect(tailProbability([profile], value).p).toBeGreaterThanOrEqual(unseen)
      }),
    )
  })

  test('a value seen more often is never rarer', () => {
    fc.assert(
      fc.property(counts, (known) => {
        const profile = buildProfile(known)
        const sorted = [...known].toSorted((a, b) => a[1] - b[1])
        const ps = sorted.map(([value]) => tailProbability([profile], value).p)
        expect(ps).toEqual(ps.toSorted((a, b) => a - b))
      }),
    )
  })

  test('more of the same never makes a value rarer', () => {
    fc.assert(
      fc.property(
        counts,
        counts,
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 99 }),
        (fleet, host, had, more) => {
          const outer = buildProfile(new Map([...fleet, ['x', 4]]))
          const withCount = (count: number) =>
            buildProfile(new Map(count > 0 ? [...host, ['x', count]] : host))
          const before = tailProbability([outer, withCount(had)], 'x').p
          const after = tailProbability([outer, withCount(had + more)], 'x').p
          expect(after).toBeGreaterThan(before - 1e-12)
        },
      ),
    )
  })

  test('the order in which values were counted changes no bit', () => {
    fc.assert(
      fc.property(counts, counts, fc.constantFrom(...VALUES), (fleet, host, value) => {
        const reversed = (map: Map<string, number>) => buildProfile(new Map([...map].toReversed()))
        const forward = tailProbability([buildProfile(fleet), buildProfile(host)], value)
        expect(tailProbability([reversed(fleet), reversed(host)], value)).toEqual(forward)
      }),
    )
  })

  test('only a change of level changes a probability', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...VALUES, 'unseen'), (known, value) => {
        const floored = new Map(Array.from(known, ([name, count]) => [name, 2 ** level(count)]))
        expect(tailProbability([buildProfile(floored)], value)).toEqual(
          tailProbability([buildProfile(known)], value),
        )
      }),
    )
  })

  test('a host without history judges exactly as its fleet', () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(...VALUES, 'unseen'), (fleet, value) => {
        const profile = buildProfile(fleet)
        const { p } = tailProbability([profile], value)
        expect(tailProbability([profile, EMPTY_PROFILE], value).p).toBe(p)
      }),
    )
  })

  test('a baseline that has seen one thing very often is mature', () => {
    expect(buildProfile(new Map([['x', 1024]])).nu).toBeLessThan(0.01)
  })
})

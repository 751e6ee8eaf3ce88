import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FEATURES } from '@/lib/pipeline/baseline/features'
import type { SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile, EMPTY_PROFILE } from '@/lib/pipeline/baseline/profile'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { HOUR_UNIT } from '@/lib/pipeline/baseline/weights'
import { exampleSignature } from './example-signature'
import type { Ruling } from './ruling'
import { type HostDayInput, scoreHostDay, type UsageFact } from './score-host-day'
import { DEFAULT_SETTINGS } from './score-signature'

const DAY = 20_000
const NOBODY: PrevalenceView = { profile: () => EMPTY_PROFILE, spread: () => null }

/** A fleet of 64 hosts that all know each of the given signatures. */
function fleetThatKnows(
  signatures: readonly Signature[],
  spread: PrevalenceView['spread'] = () => null,
): PrevalenceView {
  return {
    profile: (_, feature) =>
      buildProfile(
        new Map(
          signatures.flatMap(({ features }) => (features[feature] === null ? [] : [[features[feature], 64]])),
        ),
      ),
    spread,
  }
}

function fact(signature: Signature, traits: Partial<UsageFact> = {}): UsageFact {
  return {
    signatureId: signature.id,
    principalId: '1',
    hourMask: 1,
    firstAtUs: 1,
    lastAtUs: 1,
    executions: 1,
    ...traits,
  }
}

function past(hours: number, traits: Partial<SignatureHistory> = {}): SignatureHistory {
  const seen = { observedHours: hours, days: hours, firstDay: DAY - 100, lastDay: DAY - 1 }
  return { trustedWeight: hours * HOUR_UNIT, ...seen, refused: false, ...traits }
}

function hostDay(signatures: readonly Signature[], traits: Partial<HostDayInput> = {}): HostDayInput {
  return {
    day: DAY,
    facts: signatures.map((signature) => fact(signature)),
    signatures: new Map(signatures.map((signature) => [signature.id, signature])),
    history: new Map(),
    prevalence: { fleet: NOBODY, group: null },
    rulings: [],
    settings: DEFAULT_SETTINGS,
    ...traits,
  }
}

function scoreOf(signature: Signature, traits: Partial<HostDayInput> = {}) {
  const [row] = scoreHostDay(hostDay([signature], traits)).rows
  if (row === undefined) throw new Error('no row')
  return row
}

const usual = exampleSignature()
const strange = exampleSignature({
  pattern: 'c:\\users\\public\\<random>.dll start',
  shape: 'rundll32.exe | export | public dll',
  parentName: 'winword.exe',
})
const renamed = exampleSignature({ renamed: true, features: { identity: 'user-temp, renamed' } })

function ruling(signature: Signature, effect: Ruling['effect'], traits: Partial<Ruling> = {}): Ruling {
  const pattern = signature.pattern ?? ''
  return {
    slug: signature.slug,
    pattern,
    parent: null,
    identity: null,
    scope: 'fleet',
    effect,
    fromDay: 0,
    toDay: null,
    ...traits,
  }
}

describe('the score', () => {
  test('is the sum of its reasons', () => {
    for (const signature of [usual, strange, renamed]) {
      const row = scoreOf(signature, { prevalence: { fleet: fleetThatKnows([usual]), group: null } })
      expect(row.reasons.reduce((sum, { millibits }) => sum + millibits, 0)).toBe(row.scoreMillibits)
    }
  })

  test('on a cold start is the risk alone', () => {
    expect(scoreOf(usual)).toMatchObject({
      scoreMillibits: 0,
      noveltyMillibits: 0,
      nuMillis: 1000,
      trusted: true,
    })
    expect(scoreOf(strange)).toMatchObject({ scoreMillibits: 5000, noveltyMillibits: 0, trusted: false })
  })

  test('adds what the fleet has never seen', () => {
    const fleet = fleetThatKnows([usual])
    const known = scoreOf(usual, { prevalence: { fleet, group: null } })
    const novel = scoreOf(strange, { prevalence: { fleet, group: null } })
    expect(known.noveltyMillibits).toBe(0)
    expect(novel.noveltyMillibits).toBeGreaterThan(10_000)
    expect(novel.scoreMillibits).toBeGreaterThan(5000)
    expect(novel.pMillibits).toBeGreaterThan(0)
  })

  test('of the same thing never rises by its repetition', () => {
    const scores = [0, 1, 2, 4, 8, 50, 500].map(
      (hours) =>
        scoreOf(strange, {
          prevalence: { fleet: fleetThatKnows([usual]), group: null },
          history: new Map([[strange.id, past(hours)]]),
        }).scoreMillibits,
    )
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores.at(-1)).toBeLessThan(500)
  })

  test('keeps its full risk where a person is needed, however familiar', () => {
    const row = scoreOf(renamed, { history: new Map([[renamed.id, past(1000)]]) })
    expect(row.scoreMillibits).toBeGreaterThanOrEqual(6000)
    expect(row.trusted).toBe(false)
  })

  test('leaves out features that were not reported', () => {
    const silent = exampleSignature({
      features: Object.fromEntries(FEATURES.map((feature) => [feature, null])),
    })
    const row = scoreOf(silent, { prevalence: { fleet: fleetThatKnows([strange]), group: null } })
    expect(row).toMatchObject({ noveltyMillibits: 0, scoreMillibits: 0, pMillibits: 0 })
    expect(scoreHostDay(hostDay([silent])).trustedValues).toEqual([])
  })

  test('of a common pattern keeps one bit of novelty, but not in a burst or when it is new', () => {
    const noveltyWith = (hosts: number, days: number, age: number) => {
      const fleet = fleetThatKnows([usual], () => ({ hosts, days, firstDay: DAY - age }))
      return scoreOf(strange, { prevalence: { fleet, group: null } }).noveltyMillibits
    }
    expect(noveltyWith(3, 2, 7)).toBe(1000)
    expect(noveltyWith(1, 3, 7)).toBe(1000)
    expect(noveltyWith(3, 3, 6)).toBeGreaterThan(1000)
    expect(noveltyWith(30, 1, 7)).toBeGreaterThan(1000)
  })

  test('damps what the operating system itself produces', () => {
    const own = exampleSignature({
      ...strange,
      parentName: 'svchost.exe',
      operatingSystemUse: true,
      features: {},
    })
    const foreign = exampleSignature({ ...own, operatingSystemUse: false, features: {} })
    const fleet = fleetThatKnows([usual])
    const [damped, full] = [own, foreign].map(
      (one) => scoreOf(one, { prevalence: { fleet, group: null } }).scoreMillibits,
    )
    expect((damped ?? 0) * 2).toBeLessThan(full ?? 0)
  })

  test('leans on the group where the host knows nothing', () => {
    const prevalence = { fleet: fleetThatKnows([usual]), group: fleetThatKnows([strange]) }
    const fleetOnly = scoreOf(strange, { prevalence: { ...prevalence, group: null } })
    expect(scoreOf(strange, { prevalence }).noveltyMillibits).toBeLessThan(fleetOnly.noveltyMillibits)
  })

  test('can be taken apart for ablations', () => {
    const traits = { prevalence: { fleet: fleetThatKnows([usual]), group: null } }
    const both = scoreOf(strange, traits).scoreMillibits
    const risk = scoreOf(strange, {
      ...traits,
      settings: { ...DEFAULT_SETTINGS, noveltyShare: 0 },
    }).scoreMillibits
    const novelty = scoreOf(strange, {
      ...traits,
      settings: { ...DEFAULT_SETTINGS, riskShare: 0 },
    }).scoreMillibits
    expect(risk + novelty).toBe(both)
  })
})

describe('trust', () => {
  test('teaches each feature value of trusted rows once', () => {
    const twice = hostDay([usual], { facts: [fact(usual), fact(usual, { principalId: '2' })] })
    const { trustedValues } = scoreHostDay(twice)
    expect(trustedValues.map(({ feature }) => feature)).toEqual(
      FEATURES.filter((one) => usual.features[one] !== null),
    )
    expect(trustedValues.find(({ feature }) => feature === 'tool')).toEqual({
      slug: '*',
      feature: 'tool',
      value: 'rundll32.exe',
    })
  })

  test('is never given at or above the constant limit', () => {
    expect(scoreHostDay(hostDay([strange])).trustedValues).toEqual([])
  })

  test('once refused stays refused until a person rules', () => {
    const history = new Map([[usual.id, past(0, { refused: true })]])
    expect(scoreOf(usual, { history })).toMatchObject({ trusted: false, ruling: null })
    expect(scoreOf(usual, { history, rulings: [ruling(usual, 'expected')] }).trusted).toBe(true)
  })

  test('is refused to a whole pattern when one of its uses is a deviation', () => {
    const fromWord = exampleSignature({ parentName: 'winword.exe' })
    const { rows } = scoreHostDay(hostDay([usual, fromWord]))
    expect(rows.map(({ trusted }) => trusted)).toEqual([false, false])
    const ruled = scoreHostDay(
      hostDay([usual, fromWord], {
        rulings: [ruling(fromWord, 'expected', { parent: 'winword.exe @ system' })],
      }),
    )
    expect(ruled.rows.map(({ trusted }) => trusted)).toEqual([true, true])
  })
})

describe('a ruling', () => {
  test('expected explains the score away and teaches', () => {
    const row = scoreOf(renamed, { rulings: [ruling(renamed, 'expected')] })
    expect(row).toMatchObject({ scoreMillibits: 0, riskMillibits: 6000, trusted: true, ruling: 'expected' })
    expect(row.reasons.at(-1)).toEqual({ code: 'ruled-expected', millibits: -6000 })
  })

  test('test explains without teaching', () => {
    expect(scoreOf(usual, { rulings: [ruling(usual, 'test')] })).toMatchObject({
      scoreMillibits: 0,
      trusted: false,
    })
  })

  test('malicious keeps the risk, teaches nothing and outranks the others', () => {
    const rulings = [ruling(strange, 'expected'), ruling(strange, 'malicious'), ruling(strange, 'test')]
    const history = new Map([[strange.id, past(100)]])
    expect(scoreOf(strange, { history, rulings })).toMatchObject({
      scoreMillibits: 5000,
      trusted: false,
      ruling: 'malicious',
    })
  })

  test.each<[string, Partial<Ruling>]>([
    ['another parent', { parent: 'cmd.exe @ system' }],
    ['another identity', { identity: 'user-temp' }],
    ['another pattern', { pattern: 'other' }],
    ['another binary', { slug: 'mshta.exe' }],
    ['a later start', { fromDay: DAY + 1 }],
    ['an earlier end', { toDay: DAY - 1 }],
  ])('does not reach %s', (_, traits) => {
    expect(scoreOf(strange, { rulings: [ruling(strange, 'expected', traits)] }).ruling).toBeNull()
  })
})

describe('the order of the input', () => {
  const signatures = [
    usual,
    strange,
    renamed,
    exampleSignature({ pattern: 'b' }),
    exampleSignature({ slug: 'mshta.exe' }),
  ]
  const facts = signatures.flatMap((signature, index) => [
    fact(signature, { firstAtUs: index % 2 }),
    fact(signature, { firstAtUs: index % 2, principalId: '2' }),
  ])
  const history = signatures.map((signature, index) => [signature.id, past(index)] as const)

  test('of facts, history, signatures and rulings changes nothing', () => {
    const traits = { prevalence: { fleet: fleetThatKnows([usual]), group: null } }
    const rulings = [ruling(usual, 'test'), ruling(usual, 'expected')]
    const reference = scoreHostDay(
      hostDay(signatures, { ...traits, facts, history: new Map(history), rulings }),
    )
    fc.assert(
      fc.property(
        fc.shuffledSubarray(facts, { minLength: facts.length }),
        fc.shuffledSubarray(history, { minLength: history.length }),
        fc.shuffledSubarray(signatures, { minLength: signatures.length }),
        (someFacts, someHistory, some) => {
          const input = {
            ...traits,
            facts: someFacts,
            history: new Map(someHistory),
            rulings: rulings.toReversed(),
          }
          expect(scoreHostDay(hostDay(some, input))).toEqual(reference)
        },
      ),
    )
  })

  test('is answered by first occurrence, then signature and principal', () => {
    const { rows } = scoreHostDay(hostDay(signatures, { facts }))
    const firsts = new Map(facts.map((one) => [one.signatureId, one.firstAtUs]))
    const keys = rows.map((row) => `${firsts.get(row.signatureId)} ${row.signatureId} ${row.principalId}`)
    expect(keys).toEqual(keys.toSorted())
  })
})

describe('hostile input', () => {
  test('facts and history of unknown signatures are left out', () => {
    const input = hostDay([usual], { signatures: new Map(), history: new Map([['7', past(3)]]) })
    expect(scoreHostDay(input)).toEqual({ rows: [], trustedValues: [] })
  })
})

test('scores 100,000 rows at well under 50 µs each', () => {
  const signatures = Array.from({ length: 200 }, (_, index) => exampleSignature({ pattern: `p${index}` }))
  const history = new Map(signatures.map((signature, index) => [signature.id, past(1 + (index % 40))]))
  const input = hostDay(signatures, {
    history,
    prevalence: { fleet: fleetThatKnows(signatures), group: null },
  })
  // profiles come ready-made from the store's cache
  const profiles = new Map(FEATURES.map((feature) => [feature, input.prevalence.fleet.profile('', feature)]))
  input.prevalence.fleet = {
    profile: (_, feature) => profiles.get(feature) ?? EMPTY_PROFILE,
    spread: () => null,
  }
  const started = performance.now()
  for (let hostDays = 0; hostDays < 500; hostDays++) scoreHostDay(input)
  expect((performance.now() - started) / 100_000).toBeLessThan(0.05)
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SINGLE_FEATURES } from '@/lib/pipeline/baseline/features'
import {
  DAY,
  fact,
  fleetThatKnows,
  hostDay,
  past,
  renamed,
  ruling,
  scoreOf,
  strange,
  usual,
} from './example-host-day'
import { exampleSignature } from './example-signature'
import type { Ruling } from './ruling'
import { scoreHostDay } from './score-host-day'

describe('trust', () => {
  test('teaches each feature value of trusted rows once', () => {
    const twice = hostDay([usual], { facts: [fact(usual), fact(usual, { principalId: '2' })] })
    const { trustedValues } = scoreHostDay(twice)
    expect(trustedValues.map(({ feature }) => feature)).toEqual(
      SINGLE_FEATURES.filter((one) => usual.features[one] !== null),
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

describe('a distrusted day', () => {
  const known = { fleet: fleetThatKnows([usual]), group: fleetThatKnows([usual]) }
  const history = new Map([[strange.id, past(100)]])
  const uses = hostDay([usual, strange], { prevalence: known, history })

  test('teaches nothing, not even what a person expects', () => {
    const rulings = [ruling(strange, 'expected')]
    expect(scoreHostDay({ ...uses, rulings }).trustedValues).not.toEqual([])
    const { rows, trustedValues } = scoreHostDay({ ...uses, rulings, distrusted: true })
    expect(trustedValues).toEqual([])
    expect(rows.map(({ trusted }) => trusted)).toEqual([false, false])
  })

  test("is judged by the group's baseline: what the host itself is used to speaks for nothing", () => {
    const own = scoreOf(strange, { prevalence: known, history })
    const inIncident = scoreOf(strange, { prevalence: known, history, distrusted: true })
    const stranger = scoreOf(strange, { prevalence: known, distrusted: true })
    expect(inIncident.scoreMillibits).toBeGreaterThan(own.scoreMillibits)
    expect(inIncident).toEqual(stranger)
  })

  test('refuses no pattern that it would not refuse on any other day', () => {
    const row = scoreOf(usual, { prevalence: known, distrusted: true })
    expect(row).toMatchObject({ trusted: false, refused: false })
    expect(scoreOf(strange, { prevalence: known, distrusted: true }).refused).toBe(true)
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

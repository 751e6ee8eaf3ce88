import { describe, expect, test } from 'vitest'
import { deviationIdOf } from './deviation-key'
import {
  acquainted,
  DAY,
  fact,
  fleetThatKnows,
  hostDay,
  past,
  renamed,
  scoreOf,
  strange,
  usual,
} from './example-host-day'
import { exampleSignature } from './example-signature'
import { foldFleet } from './fold-fleet'
import { noveltyOf } from './novelty'
import { scoreHostDay } from './score-host-day'
import { NOVELTY_WEIGHTS } from './weights'

const other = exampleSignature({
  pattern: 'c:\\windows\\system32\\other.dll start',
  shape: 'rundll32.exe | export | other',
})

/** What the scoring method says in a sentence and no other test of this folder states. */
describe('the scoring method', () => {
  test('the unusual is the weighed sum of each feature’s −log₂ p', () => {
    const fleet = fleetThatKnows([usual])
    for (const { feature, p, bits } of noveltyOf(strange, { fleet, group: null, host: null }))
      expect(bits).toBeCloseTo(NOVELTY_WEIGHTS[feature] * -Math.log2(p), 10)
  })

  test('three trusted hours of a pattern take half of its risk off', () => {
    const risk = scoreOf(strange).riskMillibits
    const familiar = (hours: number) =>
      scoreOf(strange, { history: new Map([[strange.id, past(hours)]]) }).scoreMillibits
    expect([familiar(3), familiar(9)]).toEqual([risk / 2, risk / 4])
  })

  test('of what carries no risk, eight tenths of what is unusual about it counts where a service does it, three where people do, and two where Windows does', () => {
    const novelty = (signature: typeof strange) => {
      const row = scoreOf(signature, {
        prevalence: { fleet: fleetThatKnows([usual]), group: null },
        ...acquainted([signature]),
      })
      return (row.scoreMillibits - row.riskMillibits) / row.noveltyMillibits
    }
    const odd = { pattern: 'c:\\tools\\odd.dll start', shape: 'rundll32.exe | export | tools dll' }
    expect(novelty(exampleSignature({ ...odd, facts: ['unc-path'] }))).toBeCloseTo(0.3, 2)
    expect(novelty(exampleSignature({ ...odd, facts: ['desktop'] }))).toBeCloseTo(0.3 * 0.6, 2)
    expect(novelty(exampleSignature(odd))).toBeCloseTo(0.3 * 0.3, 2)
    expect(novelty(exampleSignature({ ...odd, parentName: 'agent.exe' }))).toBeCloseTo(0.3 * 0.8, 2)
    expect(novelty(exampleSignature({ ...odd, operatingSystemUse: true }))).toBeCloseTo(0.3 * 0.2, 2)
  })

  test('however often a process repeats within an hour, its host learns one hour of it', () => {
    const learned = (executions: number) =>
      scoreHostDay(hostDay([usual], { facts: [fact(usual, { executions })] }))
    expect(learned(10_000)).toEqual(learned(1))
  })

  test('what one host does all day is no more common in the fleet than what it does once a day', () => {
    const asked = (hourMask: number) => {
      const hosts = [{ host: 'noisy', group: null, facts: [fact(usual, { hourMask })] }]
      const signatures = new Map([usual, other].map((one) => [one.id, one]))
      const quiet = { host: 'quiet', group: null, facts: [fact(other)] }
      const days = Array.from({ length: 30 }, (_, at) => ({
        day: DAY + at,
        hosts: [...hosts, quiet],
        signatures,
      }))
      const last = { day: DAY + 30, hosts: [{ ...quiet, facts: [fact(usual)] }], signatures }
      return [...foldFleet([...days, last])].at(-1)?.result.rows[0]?.scoreMillibits
    }
    expect(asked(0xff_ffff)).toBe(asked(1))
    expect(asked(1)).toBeGreaterThan(0)
  })

  test('the same pattern is one item, whoever starts it on whichever host; another tool’s is another', () => {
    const by = (parentName: string) => deviationIdOf(exampleSignature({ ...strange, parentName }))
    expect(by('excel.exe')).toBe(by('winword.exe'))
    expect(deviationIdOf(exampleSignature({ pattern: strange.pattern, slug: 'regsvr32.exe' }))).not.toBe(
      deviationIdOf(exampleSignature({ pattern: strange.pattern })),
    )
  })

  test('what begins on hosts within the hour counts in full on each, and on one that comes an hour later as seen before, unless an incident held where it began', () => {
    const HOUR_US = 3_600_000_000
    const scores = (incident?: { comparedWith: null }) => {
      const uses = [0, HOUR_US - 1, HOUR_US].map((firstAtUs, at) => ({
        host: `${at}`,
        group: null,
        facts: [fact(renamed, { firstAtUs })],
        ...(at === 0 && incident && { incident }),
      }))
      const signatures = new Map([[renamed.id, renamed]])
      return [...foldFleet([{ day: DAY, hosts: uses, signatures }])].map(
        ({ result }) => result.rows[0]?.scoreMillibits,
      )
    }
    const full = scoreOf(renamed).scoreMillibits
    expect(scores()).toEqual([full, full, 4000])
    expect(scores({ comparedWith: null })).toEqual([full, full, full])
  })

  test('a day’s score reads no later day', () => {
    const row = scoreOf(strange, {
      history: new Map([[strange.id, past(0, { firstDay: DAY, lastDay: DAY })]]),
    })
    expect(row.scoreMillibits).toBe(scoreOf(strange).scoreMillibits)
  })
})

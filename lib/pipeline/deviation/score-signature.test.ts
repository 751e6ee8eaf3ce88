import { describe, expect, test } from 'vitest'
import { FEATURES } from '@/lib/pipeline/baseline/features'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { NOTHING } from '@/lib/pipeline/baseline/trait/traits'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import {
  acquainted,
  DAY,
  fleetThatKnows,
  hostDay,
  NOBODY,
  past,
  renamed,
  scoreOf,
  strange,
  usual,
} from './example-host-day'
import { exampleSignature } from './example-signature'
import { type HostDayInput, scoreHostDay } from './score-host-day'
import { DEFAULT_SETTINGS } from './score-signature'

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
    const known = scoreOf(usual, { prevalence: { fleet, group: null }, ...acquainted([usual]) })
    const novel = scoreOf(strange, { prevalence: { fleet, group: null }, ...acquainted([strange]) })
    // only that this host never ran the tool
    expect(known.noveltyMillibits).toBeLessThan(100)
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

  test('reads what a process loaded, reached and started: what was not reported takes no part, and nothing notable teaches', () => {
    const quiet = exampleSignature({ traits: { module: [] } })
    const loading = exampleSignature({ traits: { module: ['a.dll @ local', 'b.dll @ local'] } })
    const silent = exampleSignature()
    const novelty = (known: Signature, one: Signature) =>
      scoreOf(one, {
        prevalence: { fleet: fleetThatKnows([known]), group: null },
        ...acquainted([one]),
      }).reasons.find(({ code }) => code === 'novel-module')?.millibits ?? 0
    expect(novelty(quiet, loading)).toBeGreaterThan(150)
    expect(novelty(loading, loading)).toBeLessThan(novelty(quiet, loading))
    expect(novelty(silent, loading)).toBe(0)
    expect(novelty(loading, quiet)).toBe(0)
    expect(novelty(quiet, silent)).toBe(0)
    const taught = (one: Signature) =>
      scoreHostDay(hostDay([one])).trustedValues.filter(({ feature }) => feature === 'module')
    expect(taught(silent)).toEqual([])
    expect(taught(quiet).map(({ value }) => value)).toEqual([NOTHING])
    expect(taught(loading).map(({ value }) => value)).toEqual(loading.traits.module)
  })

  test('of a common pattern keeps one bit of novelty, and of one that is being rolled out over days, but not in a burst or on a few hosts', () => {
    const noveltyWith = (hosts: number, days: number, age: number) => {
      const fleet = fleetThatKnows([usual], () => ({ hosts, days, firstDay: DAY - age }))
      return scoreOf(strange, { prevalence: { fleet, group: null } }).noveltyMillibits
    }
    expect(noveltyWith(3, 2, 7)).toBe(1000)
    expect(noveltyWith(1, 3, 7)).toBe(1000)
    expect(noveltyWith(3, 2, 2)).toBe(1000)
    expect(noveltyWith(2, 2, 6)).toBeGreaterThan(1000)
    expect(noveltyWith(30, 1, 7)).toBeGreaterThan(1000)
  })

  test('of what the fleet has long known is half its risk, but not of a pattern that stands for whatever file arrives', () => {
    const fleet = fleetThatKnows([usual], () => ({ hosts: 30, days: 30, firstDay: DAY - 40 }))
    const riskIn = (location: 'user-temp' | 'public') =>
      scoreOf(
        exampleSignature({
          facts: ['public-folder'],
          target: { class: location, extension: 'dll' },
          features: { ...strange.features, user: 'system, system' },
          operatingSystemUse: true,
        }),
        { prevalence: { fleet, group: null } },
      ).reasons.find(({ code }) => code === 'public-folder')?.millibits
    expect(riskIn('public')).toBe(2000)
    expect(riskIn('user-temp')).toBe(4000)
  })

  test('keeps all of its risk of where the binary lay, of which a bare command line says nothing', () => {
    const riskOf = (pattern: string) => {
      const at = (identity: string) =>
        exampleSignature({ pattern, imageFolderExpected: identity === 'system', features: { identity } })
      const fleet = fleetThatKnows([at('system')], () => ({ hosts: 30, days: 30, firstDay: DAY - 40 }))
      const { reasons } = scoreOf(at('program-data'), { prevalence: { fleet, group: null } })
      return reasons.find(({ code }) => code === 'wrong-folder')?.millibits
    }
    expect(riskOf('dfsvc')).toBe(4000)
    expect(riskOf('dfsvc /start agent')).toBe(2000)
  })

  test('of what an agent of deployment brings to many hosts in a day keeps one bit of novelty on the next, but all of its risk', () => {
    const by = (parentName: string) =>
      exampleSignature({
        slug: 'regsvr32.exe',
        parentName,
        features: { ...strange.features, user: 'system, system' },
        facts: ['unc-path'],
      })
    const burst = fleetThatKnows([usual], () => ({ hosts: 8, days: 1, firstDay: DAY - 1 }))
    const rowOf = (parentName: string) =>
      scoreOf(by(parentName), { prevalence: { fleet: burst, group: null } })
    expect(rowOf('ccmexec.exe')).toMatchObject({ noveltyMillibits: 1000, riskMillibits: 4000 })
    expect(rowOf('services.exe').noveltyMillibits).toBeGreaterThan(1000)
  })

  test('of a pattern that other hosts showed on earlier days is a third, and a deviation stays one', () => {
    const scoreWith = (
      signature: typeof strange,
      hosts: number,
      days: number,
      changes: Partial<HostDayInput> = {},
    ) => {
      const fleet = { ...NOBODY, spread: () => ({ hosts, days, firstDay: DAY - 2 }) }
      return scoreOf(signature, { prevalence: { fleet, group: null }, ...changes })
    }
    const stranger = exampleSignature({
      slug: 'regsvr32.exe',
      parentName: 'winword.exe',
      facts: ['scriptlet', 'unc-path'],
    })
    const own = scoreWith(stranger, 0, 0).scoreMillibits
    expect(own).toBeGreaterThan(8000)
    for (const [hosts, days] of [
      [1, 1],
      [9, 1],
      [9, 9],
    ] as const)
      expect(scoreWith(stranger, hosts, days).scoreMillibits).toBe(Math.max(4000, Math.round(0.35 * own)))
    const { reasons, scoreMillibits } = scoreWith(stranger, 2, 2)
    expect(reasons.at(-1)).toEqual({ code: 'seen-elsewhere', millibits: scoreMillibits - own })
    // its own earlier days are no other host's
    const history = new Map([[stranger.id, { ...past(0), refused: true }]])
    expect(scoreWith(stranger, 1, 1, { history }).reasons.map(({ code }) => code)).not.toContain(
      'seen-elsewhere',
    )
    for (const deviation of [strange, renamed])
      expect(scoreWith(deviation, 9, 9)).toMatchObject({ scoreMillibits: 4000, trusted: false })
    const harmless = exampleSignature({ slug: 'regsvr32.exe', facts: ['com-class'] })
    const little = scoreWith(harmless, 0, 0).scoreMillibits
    expect(little).toBeLessThan(4000)
    expect(scoreWith(harmless, 9, 9).scoreMillibits).toBe(0.35 * little)
    // a command line without arguments says nothing of what ran
    const bare = exampleSignature({ pattern: 'regsvr32', facts: ['no-arguments'] })
    expect(scoreWith(bare, 9, 9).scoreMillibits).toBe(scoreWith(bare, 0, 0).scoreMillibits)
    // nor does one of a file among temporary ones say which: what only a person may wave through others do not excuse
    const opened = (facts: readonly RiskFact[]) =>
      exampleSignature({
        slug: 'wscript.exe',
        target: { class: 'user-temp', extension: 'vbs' },
        facts,
      })
    const [grave, slight] = [opened(['user-temp', 'remote-url']), opened(['user-temp'])]
    expect(scoreWith(grave, 9, 9).scoreMillibits).toBe(scoreWith(grave, 0, 0).scoreMillibits)
    expect(scoreWith(slight, 9, 9).scoreMillibits).toBeLessThan(scoreWith(slight, 0, 0).scoreMillibits)
  })

  test('of a pattern that the fleet has long known on many hosts keeps half of its risk, unless a person is needed', () => {
    const scoreWith = (signature: typeof strange, hosts: number, days: number, age: number) =>
      scoreOf(signature, {
        prevalence: {
          fleet: { ...NOBODY, spread: () => ({ hosts, days, firstDay: DAY - age }) },
          group: null,
        },
      }).scoreMillibits
    expect(scoreWith(strange, 3, 3, 7)).toBe(2500)
    // seen elsewhere, but no practice: it stays a deviation
    for (const [hosts, days] of [
      [1, 30],
      [30, 1],
    ] as const)
      expect(scoreWith(strange, hosts, days, 30)).toBe(4000)
    expect(scoreWith(renamed, 30, 30, 30)).toBe(4000)
    // circumstances say nothing of a practice: 2.5 of evidence, with a shell and a tool that is rarely needed 6
    const practice = exampleSignature({ slug: 'cmstp.exe', parentName: 'cmd.exe', facts: ['com-class'] })
    expect(scoreWith(practice, 3, 3, 7)).toBe(3000)
  })

  test('of a pattern that one host alone shows, and was refused for, does not become common because it comes back', () => {
    const noveltyOf = (refused: boolean, hosts: number) =>
      scoreOf(strange, {
        prevalence: {
          fleet: fleetThatKnows([usual], () => ({ hosts, days: 9, firstDay: DAY - 9 })),
          group: null,
        },
        history: new Map([[strange.id, past(0, { refused })]]),
      }).noveltyMillibits
    expect(noveltyOf(false, 1)).toBe(1000)
    expect(noveltyOf(true, 1)).toBeGreaterThan(1000)
    expect(noveltyOf(true, 2)).toBe(1000)
  })

  test('counts the unusual in proportion to how long the host has been known, up to a fortnight', () => {
    const fleet = fleetThatKnows([usual])
    const novelty = (days: number) =>
      scoreOf(strange, { prevalence: { fleet, group: null }, ...acquainted([strange], days) })
        .scoreMillibits - 5000
    expect(scoreOf(strange, { prevalence: { fleet, group: null } }).scoreMillibits).toBe(5000)
    expect(novelty(7)).toBeGreaterThan(0)
    expect(Math.abs(novelty(14) - 2 * novelty(7))).toBeLessThan(10)
    expect(novelty(100)).toBe(novelty(14))
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
      (one) => scoreOf(one, { prevalence: { fleet, group: null }, ...acquainted([one]) }).scoreMillibits,
    )
    expect((damped ?? 0) * 2).toBeLessThan(full ?? 0)
  })

  test('leans on the group where the host knows nothing', () => {
    const prevalence = { fleet: fleetThatKnows([usual]), group: fleetThatKnows([strange]) }
    const fleetOnly = scoreOf(strange, { prevalence: { ...prevalence, group: null } })
    expect(scoreOf(strange, { prevalence }).noveltyMillibits).toBeLessThan(fleetOnly.noveltyMillibits)
  })

  test('can be taken apart for ablations', () => {
    const traits = { prevalence: { fleet: fleetThatKnows([usual]), group: null }, ...acquainted([strange]) }
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

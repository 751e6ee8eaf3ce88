import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_LEARNING, decayedWeight, decayWeights } from '@/lib/pipeline/baseline/decay'
import type { SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile } from '@/lib/pipeline/baseline/profile'
import { exampleSignature } from './example-signature'
import { lateTimes } from './late-times'
import { type HostDayResult, scoreHostDay, type UsageFact } from './score-host-day'
import { DEFAULT_SETTINGS } from './score-signature'

/** A driver in memory with the least bookkeeping that is right: what the store does with tables. */

const SIGNATURES = ['explorer.exe', 'svchost.exe', 'winword.exe'].flatMap((parentName) => [
  exampleSignature({ parentName }),
  exampleSignature({ parentName, pattern: 'other.dll start' }),
  exampleSignature({
    parentName,
    pattern: 'x.dll',
    shape: 'rundll32|export|user-temp|dll',
    facts: ['user-temp'],
  }),
  exampleSignature({ parentName, traits: { module: ['x.dll @ user-temp, unsigned', 'y.dll @ local'] } }),
  exampleSignature({ parentName, traits: { module: [], destination: ['external:443'], child: [] } }),
])
const BY_ID = new Map(SIGNATURES.map((signature) => [signature.id, signature]))
const RULINGS = [
  {
    slug: 'rundll32.exe',
    pattern: 'x.dll',
    parent: null,
    identity: null,
    scope: 'fleet',
    effect: 'expected',
    fromDay: 12,
    toDay: 14,
  },
] as const

const WEIGHTS = decayWeights(DEFAULT_LEARNING)
const UNSEEN = { trustedWeight: 0, observedHours: 0, days: 0, refused: false }

type Arrival = { host: string; day: number; fact: UsageFact }
type Days = Map<number, { facts: UsageFact[]; result: HostDayResult | null }>

class Store {
  private readonly hosts = new Map<string, Days>()
  private dirtyFrom = Number.POSITIVE_INFINITY

  add({ host, day, fact }: Arrival): void {
    const days = this.hosts.get(host) ?? new Map()
    this.hosts.set(host, days)
    const known = days.get(day) ?? { facts: [], result: null }
    days.set(day, { ...known, facts: [...known.facts, fact] })
    this.dirtyFrom = Math.min(this.dirtyFrom, day)
  }

  /** Lowest dirty day first, for all hosts: what a day derives is read by later days only. */
  work(): void {
    const days = new Set([...this.hosts.values()].flatMap((host) => [...host.keys()]))
    for (const day of [...days].filter((one) => one >= this.dirtyFrom).toSorted((a, b) => a - b)) {
      for (const [host, known] of this.hosts) this.score(host, day, known.get(day)?.facts ?? [])
    }
    this.dirtyFrom = Number.POSITIVE_INFINITY
  }

  results(): unknown {
    return Array.from(this.hosts, ([host, days]) =>
      Array.from(days, ([day, { result }]) => `${host} ${day} ${JSON.stringify(result)}`),
    )
      .flat()
      .toSorted()
  }

  private score(host: string, day: number, facts: UsageFact[]): void {
    const days = this.hosts.get(host)
    if (days === undefined || facts.length === 0) return
    const result = scoreHostDay({
      day,
      facts,
      signatures: BY_ID,
      history: this.historyOf(days, day),
      prevalence: { fleet: this.fleetBefore(day), group: null },
      lateFrom: lateTimes(
        Array.from(this.hosts.values(), (one) => one.get(day)?.facts ?? []),
        BY_ID,
      ),
      rulings: RULINGS,
      settings: DEFAULT_SETTINGS,
    })
    days.set(day, { facts, result })
  }

  private historyOf(days: Days, today: number): Map<string, SignatureHistory> {
    const history = new Map<string, SignatureHistory>()
    const rows = [...days].flatMap(([day, { result }]) => (result?.rows ?? []).map((row) => ({ day, row })))
    for (const { day, row } of rows.filter((one) => one.day < today)) {
      const known = history.get(row.signatureId) ?? { ...UNSEEN, firstDay: day, lastDay: day }
      history.set(row.signatureId, {
        trustedWeight: known.trustedWeight + (row.trusted ? decayedWeight(WEIGHTS, 1, today - day) : 0),
        observedHours: known.observedHours + 1,
        days: known.days + 1,
        firstDay: Math.min(known.firstDay, day),
        lastDay: Math.max(known.lastDay, day),
        refused: known.refused || (!row.trusted && row.ruling === null),
      })
    }
    return history
  }

  private fleetBefore(today: number): PrevalenceView {
    const earlier = Array.from(this.hosts, ([host, days]) =>
      [...days].flatMap(([day, { result }]) =>
        day < today && result !== null ? [{ host, day, result }] : [],
      ),
    ).flat()
    const hosts = new Map<string, Map<string, Set<string>>>()
    for (const { host, result } of earlier) {
      for (const { slug, feature, value } of result.trustedValues) {
        const values = hosts.get(`${slug} ${feature}`) ?? new Map<string, Set<string>>()
        hosts.set(`${slug} ${feature}`, values.set(value, (values.get(value) ?? new Set()).add(host)))
      }
    }
    return {
      profile: (slug, feature) =>
        buildProfile(
          new Map(Array.from(hosts.get(`${slug} ${feature}`) ?? [], ([value, by]) => [value, by.size])),
        ),
      spread: (_, pattern) => {
        const mine = earlier.filter(({ result }) =>
          result.rows.some(({ signatureId }) => BY_ID.get(signatureId)?.pattern === pattern),
        )
        const days = mine.map(({ day }) => day)
        const by = new Set(mine.map(({ host }) => host))
        return mine.length === 0
          ? null
          : { hosts: by.size, days: new Set(days).size, firstDay: Math.min(...days) }
      },
    }
  }
}

const arrivals = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(...SIGNATURES),
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([host, day, signature, hour]) => ({
      host,
      day,
      fact: {
        signatureId: signature.id,
        principalId: '1',
        hourMask: 1,
        firstAtUs: hour * 3_600_000_000,
        lastAtUs: 4 * 3_600_000_000,
        executions: 1,
      },
    })),
  { selector: ({ host, day, fact }) => `${host} ${day} ${fact.signatureId}`, minLength: 1, maxLength: 60 },
)
const inAnyOrder = arrivals.chain((all) =>
  fc.record({
    all: fc.constant(all),
    shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
    batch: fc.integer({ min: 1, max: all.length }),
  }),
)

test('working day by day on arrivals in any order and batching ends where one full rebuild does', () => {
  fc.assert(
    fc.property(inAnyOrder, ({ all, shuffled, batch }) => {
      const rebuilt = new Store()
      for (const arrival of all) rebuilt.add(arrival)
      rebuilt.work()

      const incremental = new Store()
      for (const [index, arrival] of shuffled.entries()) {
        incremental.add(arrival)
        if (index % batch === 0) incremental.work()
      }
      incremental.work()
      expect(incremental.results()).toEqual(rebuilt.results())
    }),
    { numRuns: 60 },
  )
})

import { decayedWeight, decayWeights, type Learning } from '@/lib/pipeline/baseline/decay'
import type { Feature } from '@/lib/pipeline/baseline/features'
import type { SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView, Spread } from '@/lib/pipeline/baseline/prevalence'
import { buildProfile, EMPTY_PROFILE, type Profile } from '@/lib/pipeline/baseline/profile'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { lateTimes } from './late-times'
import { isPractice, type Ruling } from './ruling'
import { type HostDayResult, scoreHostDay, type UsageFact } from './score-host-day'
import { DEFAULT_SETTINGS, type ScoreSettings } from './score-signature'

/** What one host did on one day. */
export type FleetHostDay = {
  host: string
  /** null = in no group. */
  group: string | null
  facts: readonly UsageFact[]
  /** As HostDayInput.reportedDays. */
  reportedDays?: number
  /** An incident holds: the day teaches nothing, and is judged by this group's baseline (null = the fleet's) instead of the host's past. */
  incident?: { comparedWith: string | null }
}

export type FleetDay = {
  /** Days since 1970. */
  day: number
  hosts: readonly FleetHostDay[]
  /** Every signature in the day's facts, by id. */
  signatures: ReadonlyMap<string, Signature>
  /** Those in force that day, where they are not those of the options. */
  settings?: ScoreSettings
}

export type FoldOptions = {
  settings?: ScoreSettings
  rulingsFor?: (host: string, group: string | null) => readonly Ruling[]
  /** Ablations: a scope that is left out knows nothing. */
  without?: readonly ('host' | 'group' | 'fleet')[]
}

export type ScoredHostDay = { day: number; host: string; result: HostDayResult }

/** What one scope was taught of a tool's feature: the hosts by value, and the profile until the next host. */
type Counted = { counts: Map<string, number>; profile: Profile | null }

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

type ByFeature = Map<Feature, Map<string, Counted>>

/** Prevalence as the days so far taught it: a host counts for a value from its first trusted day on. */
class Prevalence {
  private readonly scopes = new Map<string, ByFeature>()
  private readonly taught = new Map<string, Map<Feature, Map<string, Set<string>>>>()

  add(scopes: readonly string[], host: string, slug: string, feature: Feature, value: string): void {
    const bySlug = within(
      within(this.taught, host, () => new Map()),
      feature,
      () => new Map(),
    )
    const values: Set<string> = within(bySlug, slug, () => new Set())
    if (values.has(value)) return
    values.add(value)
    for (const scope of scopes) {
      const counted = this.counted(scope, slug, feature)
      counted.counts.set(value, (counted.counts.get(value) ?? 0) + 1)
      counted.profile = null
    }
  }

  profile(scope: string, slug: string, feature: Feature): Profile {
    const counted = this.scopes.get(scope)?.get(feature)?.get(slug)
    if (counted === undefined) return EMPTY_PROFILE
    counted.profile ??= buildProfile(counted.counts)
    return counted.profile
  }

  private counted(scope: string, slug: string, feature: Feature): Counted {
    const features: ByFeature = within(this.scopes, scope, () => new Map())
    const bySlug: Map<string, Counted> = within(features, feature, () => new Map())
    return within(bySlug, slug, () => ({ counts: new Map(), profile: null }))
  }
}

type Seen = { hosts: Set<string>; days: Set<number>; firstDay: number }

/** Where and when patterns were observed, trusted or not. */
class Sightings {
  private readonly seen = new Map<string, Map<string, Seen>>()

  add(host: string, day: number, { slug, pattern }: Signature): void {
    if (pattern === null) return
    const patterns: Map<string, Seen> = within(this.seen, slug, () => new Map())
    const known = within(patterns, pattern, () => ({ hosts: new Set(), days: new Set(), firstDay: day }))
    known.hosts.add(host)
    known.days.add(day)
  }

  spread(slug: string, pattern: string): Spread | null {
    const known = this.seen.get(slug)?.get(pattern)
    return known === undefined
      ? null
      : { hosts: known.hosts.size, days: known.days.size, firstDay: known.firstDay }
  }
}

type DayOfUse = { day: number; hours: number; trustedHours: number; refused: boolean }

function countBits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

/** A host's past by signature, and its day. */
class HostPast {
  private readonly uses = new Map<string, DayOfUse[]>()

  add(day: number, facts: readonly UsageFact[], { rows }: HostDayResult): void {
    const masks = new Map(facts.map((fact) => [`${fact.signatureId} ${fact.principalId}`, fact.hourMask]))
    for (const { signatureId, principalId, trusted, refused } of rows) {
      const hours = masks.get(`${signatureId} ${principalId}`) ?? 0
      const uses = this.uses.get(signatureId) ?? []
      this.uses.set(signatureId, uses)
      let use = uses.at(-1)
      if (use?.day !== day) {
        use = { day, hours: 0, trustedHours: 0, refused: false }
        uses.push(use)
      }
      // hours of several users count once
      use.hours |= hours
      if (trusted) use.trustedHours |= hours
      if (refused) use.refused = true
    }
  }

  before(day: number, { windowDays }: Learning, weights: readonly number[]): Map<string, SignatureHistory> {
    const history = new Map<string, SignatureHistory>()
    for (const [id, uses] of this.uses) {
      const known = { trustedWeight: 0, observedHours: 0, days: 0, firstDay: 0, lastDay: 0, refused: false }
      for (const use of uses) {
        if (use.day < day - windowDays) continue
        if (known.days++ === 0) known.firstDay = use.day
        known.lastDay = use.day
        known.trustedWeight += decayedWeight(weights, countBits(use.trustedHours), day - use.day)
        known.observedHours += countBits(use.hours)
        known.refused ||= use.refused
      }
      if (known.days > 0) history.set(id, known)
    }
    return history
  }
}

const FLEET = ''
const NOBODY: PrevalenceView = { profile: () => EMPTY_PROFILE, spread: () => null }

function scopesOf(group: string | null): string[] {
  return group === null ? [FLEET] : [FLEET, `group ${group}`]
}

/** All that the days so far have taught. */
class FleetPast {
  readonly signatures = new Map<string, Signature>()
  private readonly prevalence = new Prevalence()
  private readonly sightings = new Sightings()
  private readonly pasts = new Map<string, HostPast>()

  view(scope: string): PrevalenceView {
    return {
      profile: (slug, feature) => this.prevalence.profile(scope, slug, feature),
      spread: (slug, pattern) => this.sightings.spread(slug, pattern),
    }
  }

  history(
    host: string,
    day: number,
    learning: Learning,
    weights: readonly number[],
  ): Map<string, SignatureHistory> {
    return this.pasts.get(host)?.before(day, learning, weights) ?? new Map()
  }

  learn(day: number, { host, group, facts, incident }: FleetHostDay, result: HostDayResult): void {
    const past = this.pasts.get(host) ?? new HostPast()
    this.pasts.set(host, past)
    past.add(day, facts, result)
    for (const { slug, feature, value } of result.trustedValues)
      this.prevalence.add(scopesOf(group), host, slug, feature, value)
    if (incident !== undefined) return
    for (const { signatureId, ruling } of result.rows) {
      if (!isPractice(ruling)) continue
      const signature = this.signatures.get(signatureId)
      if (signature !== undefined) this.sightings.add(host, day, signature)
    }
  }
}

/** The day's scores on what was learnt before it. */
function scoreDay(past: FleetPast, today: FleetDay, options: FoldOptions): HostDayResult[] {
  const { rulingsFor = () => [], without = [] } = options
  const { day, settings = options.settings ?? DEFAULT_SETTINGS } = today
  const weights = decayWeights(settings.learning)
  const observed = today.hosts.filter(({ incident }) => incident === undefined)
  const lateFrom = lateTimes(
    observed.map(({ facts }) => facts),
    past.signatures,
  )
  return today.hosts.map(({ host, group, facts, reportedDays = 0, incident }) => {
    const [fleet = FLEET, own] = scopesOf(incident === undefined ? group : incident.comparedWith)
    return scoreHostDay({
      day,
      facts,
      signatures: past.signatures,
      history: without.includes('host') ? new Map() : past.history(host, day, settings.learning, weights),
      prevalence: {
        fleet: without.includes('fleet') ? NOBODY : past.view(fleet),
        group: own === undefined || without.includes('group') ? null : past.view(own),
      },
      ...(!without.includes('host') && { reportedDays }),
      ...(!without.includes('fleet') && { lateFrom }),
      rulings: rulingsFor(host, group),
      settings,
      distrusted: incident !== undefined,
    })
  })
}

/**
 * Scores a fleet in memory, day by day, as the recomputation does on the database: a day reads what earlier days taught. For evaluations and
 * previews. Days must rise; gaps are fine. Holds what was seen in memory: a few hundred bytes for each host, signature and day.
 */
export function* foldFleet(days: Iterable<FleetDay>, options: FoldOptions = {}): Generator<ScoredHostDay> {
  const past = new FleetPast()
  for (const today of days) {
    for (const [id, signature] of today.signatures) past.signatures.set(id, signature)
    const results = scoreDay(past, today, options)
    for (const [index, result] of results.entries()) {
      const hostDay = today.hosts[index]
      if (hostDay === undefined) continue
      past.learn(today.day, hostDay, result)
      yield { day: today.day, host: hostDay.host, result }
    }
  }
}

import { countedUnder, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import type { HostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView, Spread } from '@/lib/pipeline/baseline/prevalence'
import { type Profile, profileWithin, tailProbability } from '@/lib/pipeline/baseline/profile'
import { type Signature, valuesOf } from '@/lib/pipeline/baseline/signature'
import { NOTHING } from '@/lib/pipeline/baseline/trait/traits'
import { COMMON_MIN_HOSTS } from '@/lib/pipeline/baseline/weights'
import { NOVELTY_WEIGHTS } from './weights'

/** What is known around a host before a day; a null scope is left out of the back-off. Must not change: what was looked up of it is remembered. */
export type Scopes = {
  fleet: PrevalenceView | null
  group: PrevalenceView | null
  host: HostBaseline | null
  /** The host's own past also where it does not speak for it: whether others showed something is another question than what is usual. */
  own?: HostBaseline
  /** Days on which it reported any process, of the last ACQUAINTANCE_WINDOW_DAYS: who never uses a tool is no stranger by that. */
  reportedDays?: number
}

export type FeatureNovelty = {
  feature: Feature
  value: string
  /** Tail probability in (0, 1]. */
  p: number
  /** ν of the innermost scope, in (0, 1]. */
  nu: number
  /** w · −log₂ p, before λ, g and the cap. */
  bits: number
}

/** The parent of a habit ("parent > pattern"). */
function parentPart(habit: string): string {
  return habit.slice(0, habit.indexOf(' > '))
}

type ToolProfiles = Partial<Record<Feature, readonly Profile[]>>

/** A host's day asks for the same few tools with each of its signatures. */
const KNOWN = new WeakMap<Scopes, Map<string, ToolProfiles>>()

function toolProfiles(scopes: Scopes, slug: string): ToolProfiles {
  const tools = KNOWN.get(scopes) ?? new Map<string, ToolProfiles>()
  const known = tools.get(slug) ?? {}
  KNOWN.set(scopes, tools.set(slug, known))
  return known
}

/** A tool's profiles of a feature from fleet to host. */
function lookUp({ fleet, group, host }: Scopes, slug: string, feature: Feature): readonly Profile[] {
  const under = countedUnder(slug, feature)
  return [fleet, group, host].flatMap((scope) => (scope === null ? [] : [scope.profile(under, feature)]))
}

/**
 * The profiles of a feature from fleet to host: what tailProbability backs off along. Of habits only those of the same parent: a service that always does
 * the same is surprising where a person at a shell, who never does, is not.
 */
export function profilesOf(
  scopes: Scopes,
  { slug, features }: Signature,
  feature: Feature,
  known = toolProfiles(scopes, slug),
): readonly Profile[] {
  known[feature] ??= lookUp(scopes, slug, feature)
  if (feature !== 'habit') return known[feature]
  const parent = parentPart(features.habit ?? '')
  return known[feature].map((profile) => profileWithin(profile, parentPart, parent))
}

/** Where the fleet saw a pattern on earlier days; null = nowhere, or no pattern was reported. */
export function spreadOf({ slug, pattern }: Signature, { fleet }: Scopes): Spread | null {
  return pattern === null || fleet === null ? null : fleet.spread(slug, pattern)
}

/** How unusual each reported feature is; a feature that was not reported takes no part, nor does a trait with nothing notable. */
export function noveltyOf(
  signature: Signature,
  scopes: Scopes,
  spread = spreadOf(signature, scopes),
): FeatureNovelty[] {
  const novelty: FeatureNovelty[] = []
  const known = toolProfiles(scopes, signature.slug)
  for (const feature of FEATURES) {
    // other hosts did the same on earlier days: whoever runs the fleet changed a habit of all of them, which is news once
    if (feature === 'habit' && spread !== null && spread.hosts >= COMMON_MIN_HOSTS) continue
    const values = valuesOf(signature, feature)
    const found = values && leastLikely(values, profilesOf(scopes, signature, feature, known))
    if (!found) continue
    const { value, p, nu } = found
    novelty.push({ feature, value, p, nu, bits: NOVELTY_WEIGHTS[feature] * Math.abs(Math.log2(p)) })
  }
  return novelty
}

/** The most surprising of a feature's values; of several, Bonferroni: who does much does something rare. */
function leastLikely(values: readonly string[], profiles: readonly Profile[]) {
  let least: { value: string; p: number; nu: number } | null = null
  let notable = 0
  for (const value of values) {
    if (value === NOTHING) continue
    notable++
    const { p, nu } = tailProbability(profiles, value)
    if (least === null || p < least.p) least = { value, p, nu }
  }
  if (least !== null) least.p = Math.min(1, least.p * notable)
  return least
}

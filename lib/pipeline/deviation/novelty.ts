import { countedUnder, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import type { HostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { type Profile, tailProbability } from '@/lib/pipeline/baseline/profile'
import { type Signature, valuesOf } from '@/lib/pipeline/baseline/signature'
import { NOTHING } from '@/lib/pipeline/baseline/trait/traits'
import { NOVELTY_WEIGHTS } from './weights'

/** What is known around a host before a day; a null scope is left out of the back-off. */
export type Scopes = {
  fleet: PrevalenceView | null
  group: PrevalenceView | null
  host: HostBaseline | null
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

/** The profiles of a feature from fleet to host: what tailProbability backs off along. */
export function profilesOf(scopes: Scopes, slug: string, feature: Feature): Profile[] {
  const under = countedUnder(slug, feature)
  return [scopes.fleet, scopes.group, scopes.host]
    .filter((scope) => scope !== null)
    .map((scope) => scope.profile(under, feature))
}

/** How unusual each reported feature is; a feature that was not reported takes no part, nor does a trait with nothing notable. */
export function noveltyOf(signature: Signature, scopes: Scopes): FeatureNovelty[] {
  return FEATURES.flatMap((feature) => {
    const values = valuesOf(signature, feature)?.filter((value) => value !== NOTHING)
    const found = values && leastLikely(values, profilesOf(scopes, signature.slug, feature))
    if (!found) return []
    return [{ feature, ...found, bits: NOVELTY_WEIGHTS[feature] * Math.abs(Math.log2(found.p)) }]
  })
}

/** The most surprising of a feature's values; of several, Bonferroni: who does much does something rare. */
function leastLikely(values: readonly string[], profiles: readonly Profile[]) {
  let least: { value: string; p: number; nu: number } | null = null
  for (const value of values) {
    const { p, nu } = tailProbability(profiles, value)
    if (least === null || p < least.p) least = { value, p, nu }
  }
  return least && { ...least, p: Math.min(1, least.p * values.length) }
}

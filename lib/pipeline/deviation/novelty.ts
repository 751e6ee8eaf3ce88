import { countedUnder, FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import type { HostBaseline } from '@/lib/pipeline/baseline/host-baseline'
import type { PrevalenceView } from '@/lib/pipeline/baseline/prevalence'
import { type Profile, tailProbability } from '@/lib/pipeline/baseline/profile'
import type { Signature } from '@/lib/pipeline/baseline/signature'
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

/** How unusual each reported feature is; a feature that was not reported takes no part. */
export function noveltyOf(signature: Signature, scopes: Scopes): FeatureNovelty[] {
  return FEATURES.flatMap((feature) => {
    const value = signature.features[feature]
    if (value === null) return []
    const { p, nu } = tailProbability(profilesOf(scopes, signature.slug, feature), value)
    return [{ feature, value, p, nu, bits: NOVELTY_WEIGHTS[feature] * Math.abs(Math.log2(p)) }]
  })
}

import type { Feature } from '@/lib/pipeline/baseline/features'
import type { Profile } from '@/lib/pipeline/baseline/profile'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { type NearestPattern, nearestPattern } from './nearest-pattern'
import { noveltyOf, profilesOf, type Scopes } from './novelty'
import { parentWords } from './parent-words'
import { noveltyCode, type SignatureScore } from './score-signature'
import { MILLIBITS } from './weights'
import { shapeWords, targetWords } from './words'

const NORMAL_VALUES_MAX = 3

export type NormalValue = {
  value: string
  /** Of all sightings, in (0, 1]. */
  share: number
}

export type ExplainedFeature = {
  feature: Feature
  value: string
  /** Hosts of the fleet trusted with this value before that day. */
  seenHosts: number
  /** Trusted hours of it on this host, decayed. */
  seenHours: number
  /** Whose normal values follow: the narrowest scope that knows any; null = nobody knows anything yet. */
  normallyOn: 'host' | 'group' | 'fleet' | null
  normally: NormalValue[]
  /** What the feature adds to the score. */
  bits: number
}

export type Explanation = {
  sentence: string
  features: ExplainedFeature[]
  nearestPattern: NearestPattern | null
  /** Chance of something at least as unusual, in (0, 1]. */
  pValue: number
  /** Of the host's baseline of this tool: 0 = knows nothing, towards 1 = mature. */
  maturity: number
}

const EVERYONE = { host: 'this host', group: 'its group', fleet: 'the fleet' } as const
const THERE = { host: 'on this host', group: 'in its group', fleet: 'across the fleet' } as const

function commonest({ counts }: Profile): NormalValue[] {
  let total = 0
  for (const count of counts.values()) total += count
  return Array.from(counts, ([value, count]) => ({ value, share: count / total }))
    .toSorted((a, b) => b.share - a.share || (a.value < b.value ? -1 : 1))
    .slice(0, NORMAL_VALUES_MAX)
}

function explainFeature(
  feature: Feature,
  value: string,
  row: SignatureScore,
  signature: Signature,
  scopes: Scopes,
): ExplainedFeature {
  const of = (scope: Partial<Scopes>): Profile | undefined =>
    profilesOf({ fleet: null, group: null, host: null, ...scope }, signature, feature)[0]
  const known = {
    host: of({ host: scopes.host }),
    group: of({ group: scopes.group }),
    fleet: of({ fleet: scopes.fleet }),
  }
  const normallyOn = (['host', 'group', 'fleet'] as const).find((scope) => (known[scope]?.K ?? 0) > 0) ?? null
  const normal = normallyOn === null ? undefined : known[normallyOn]
  const reason = row.reasons.find(({ code }) => code === noveltyCode(feature))
  return {
    feature,
    value,
    seenHosts: known.fleet?.counts.get(value) ?? 0,
    seenHours: known.host?.counts.get(value) ?? 0,
    normallyOn,
    normally: normal === undefined ? [] : commonest(normal),
    bits: (reason?.millibits ?? 0) / MILLIBITS,
  }
}

function percent(share: number): string {
  return share >= 0.01 ? `${Math.round(share * 100)} %` : 'under 1 %'
}

/** How the narrowest scope that knows the tool normally uses it, in contrast to this use. */
function comparison(slug: string, action: string, features: readonly ExplainedFeature[]): string {
  const parent = features.find(({ feature }) => feature === 'parent')
  const shape = features.find(({ feature }) => feature === 'shape')
  const [usual] = parent?.normally ?? []
  if (parent?.normallyOn && usual !== undefined && usual.value !== parent.value) {
    return `${EVERYONE[parent.normallyOn]} normally starts it from ${parentWords(usual.value)} (${percent(usual.share)})`
  }
  const [use] = shape?.normally ?? []
  if (shape?.normallyOn && use !== undefined && use.value !== shape.value) {
    const words = shapeWords(slug, use.value)
    return words === null || words === action
      ? `${EVERYONE[shape.normallyOn]} normally uses it as “${use.value}” (${percent(use.share)})`
      : `${THERE[shape.normallyOn]} it normally ${words} (${percent(use.share)})`
  }
  const known = parent?.normallyOn ?? shape?.normallyOn
  return known ? `that is how ${EVERYONE[known]} normally uses it` : 'nothing is known yet of its normal use'
}

function sentenceOf(signature: Signature, features: readonly ExplainedFeature[]): string {
  const { slug, target, shape } = signature
  const bare = shape === null ? 'ran, with its command line not reported' : 'ran'
  const action = target === null ? bare : targetWords(slug, target)
  const alias = signature.renamed ? ' under another name' : ''
  const parent = signature.features.parent
  const starter = parent === null ? '' : `, started by ${parentWords(parent)}`
  return `${slug} ${action}${alias}${starter}; ${comparison(slug, action, features)}.`
}

/**
 * Why a row scored as it did, for a person to judge. `scopes` must be those of the row's day (host, group and fleet before it).
 */
export function explain(row: SignatureScore, signature: Signature, scopes: Scopes): Explanation {
  const features = noveltyOf(signature, scopes).map(({ feature, value }) =>
    explainFeature(feature, value, row, signature, scopes),
  )
  const patterns = profilesOf(scopes, signature, 'pattern').flatMap(({ counts }) => [...counts.keys()])
  return {
    sentence: sentenceOf(signature, features),
    features,
    nearestPattern: signature.pattern === null ? null : nearestPattern(signature.pattern, patterns),
    pValue: 2 ** (-row.pMillibits / MILLIBITS),
    maturity: 1 - row.nuMillis / 1000,
  }
}

import { countedHours } from './decay'
import { ANY_TOOL, type Feature } from './features'
import { buildProfile, type Profile } from './profile'
import { type Signature, subjectOf, valuesOf } from './signature'
import { HOUR_UNIT } from './weights'

/** What a host did with one signature before the day in question. Days since 1970. */
export type SignatureHistory = {
  /** Σ trusted hours × decayWeights()[age]: HOUR_UNIT = one hour today. */
  trustedWeight: number
  /** Hours in which it ran, trusted or not. */
  observedHours: number
  days: number
  firstDay: number
  lastDay: number
  /** It was untrusted on an earlier day, and no ruling applied to that day's row. */
  refused: boolean
}

/** A host's own past over all its binaries, as scores and explanations read it. */
export type HostBaseline = {
  /** Trusted hours per value; `slug` is ANY_TOOL for the `tool` feature. */
  profile: (slug: string, feature: Feature) => Profile
  /** First day of its history within the learning window, days since 1970; null = no history. */
  firstDay: number | null
  /** What is known of a subject (its key of subjectOf). */
  subject: (key: string) => SubjectHistory
}

/** `observed`: the host did it, trusted or not. `trustedHours`: decayed, not rounded. `refused`: a signature of this subject was refused trust on an earlier day. */
export type SubjectHistory = { observed: boolean; trustedHours: number; refused: boolean }

const NO_HISTORY: SubjectHistory = { observed: false, trustedHours: 0, refused: false }

type Past = { signature: Signature; history: SignatureHistory }

function profileOf(past: readonly Past[], feature: Feature): Profile {
  const weights = new Map<string, number>()
  for (const { signature, history } of past) {
    if (history.trustedWeight <= 0) continue
    for (const value of valuesOf(signature, feature) ?? [])
      weights.set(value, (weights.get(value) ?? 0) + history.trustedWeight)
  }
  for (const [value, weight] of weights) weights.set(value, countedHours(weight))
  return buildProfile(weights)
}

function bySubject(past: readonly Past[]): Map<string, { weight: number; refused: boolean }> {
  const subjects = new Map<string, { weight: number; refused: boolean }>()
  for (const { signature, history } of past) {
    const { key } = subjectOf(signature)
    const known = subjects.get(key)
    if (known === undefined) {
      subjects.set(key, { weight: history.trustedWeight, refused: history.refused })
    } else {
      known.weight += history.trustedWeight
      known.refused ||= history.refused
    }
  }
  return subjects
}

/**
 * The baseline of one host, from its history over earlier days. Profiles are built when first asked for.
 * History of a signature that `signatures` does not hold is left out.
 */
export function hostBaseline(
  history: ReadonlyMap<string, SignatureHistory>,
  signatures: ReadonlyMap<string, Signature>,
): HostBaseline {
  const past: Past[] = []
  const bySlug = new Map<string, Past[]>()
  let firstDay: number | null = null
  for (const [id, known] of history) {
    const signature = signatures.get(id)
    if (signature === undefined) continue
    const one = { signature, history: known }
    past.push(one)
    const others = bySlug.get(signature.slug)
    if (others === undefined) bySlug.set(signature.slug, [one])
    else others.push(one)
    firstDay = Math.min(firstDay ?? known.firstDay, known.firstDay)
  }
  const subjects = bySubject(past)
  const profiles = new Map<string, Map<Feature, Profile>>()

  return {
    firstDay,
    profile: (slug, feature) => {
      const known = profiles.get(slug) ?? new Map<Feature, Profile>()
      profiles.set(slug, known)
      const profile =
        known.get(feature) ?? profileOf(slug === ANY_TOOL ? past : (bySlug.get(slug) ?? []), feature)
      known.set(feature, profile)
      return profile
    },
    subject: (key) => {
      const known = subjects.get(key)
      return known === undefined
        ? NO_HISTORY
        : { observed: true, trustedHours: known.weight / HOUR_UNIT, refused: known.refused }
    },
  }
}

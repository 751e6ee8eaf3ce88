import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { type Feature, isTrait, type SingleFeature } from './features'
import { NOTHING, type Traits } from './trait/traits'

/**
 * What happened, without whom and when: the unit of usage, baselines and rulings. It holds no user, host or raw text, so that the dictionary
 * stays small, and is a pure function of what it holds: equal contents have equal ids.
 */
export type Signature = {
  /** hash64 of all the rest. */
  id: string
  slug: string
  /** Slug of the library or script entry that it hosts. */
  hosted: string | null
  mode: string | null
  /** A0 and A1; null = no command line was reported. */
  pattern: string | null
  shape: string | null
  target: { class: PathClass; extension: string | null } | null
  /** null = not reported: takes no part in scores. */
  features: Readonly<Record<SingleFeature, string | null>>
  traits: Traits
  /** What the command line shows of risk, in the order of RISK_FACTS. */
  facts: readonly RiskFact[]
  /** File name of the parent, masked. */
  parentName: string | null
  /** null = the catalogue does not know where it belongs. */
  imageFolderExpected: boolean | null
  renamed: boolean
  impostor: boolean
  /** Its path holds right-to-left, invisible or look-alike characters. */
  deceptiveName: boolean
  /** The operating system itself produces this. */
  operatingSystemUse: boolean
}

export type Subject = { value: string; key: string }

/** Of signatures in use: a fleet's day asks for each of them on every host. */
const SUBJECTS = new WeakMap<Signature, Subject>()

/** What a signature is about, for trust, rulings and deviations: its pattern, or the nearest thing to it that was reported. */
export function subjectOf(signature: Signature): Subject {
  const known = SUBJECTS.get(signature)
  if (known !== undefined) return known
  const { slug, pattern, shape, features } = signature
  const value = pattern ?? shape ?? features.identity ?? slug
  const subject = { value, key: `${slug}\n${value}` }
  SUBJECTS.set(signature, subject)
  return subject
}

const NOTHING_NOTABLE = [NOTHING]

/** The values of a feature that count in baselines: one, or a trait's, of which "nothing" is one; null = not reported. */
export function valuesOf(signature: Signature, feature: Feature): readonly string[] | null {
  if (isTrait(feature)) {
    const values = signature.traits[feature]
    return values?.length === 0 ? NOTHING_NOTABLE : values
  }
  const value = signature.features[feature]
  return value === null ? null : [value]
}

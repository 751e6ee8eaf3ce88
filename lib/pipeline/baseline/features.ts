/** What an execution is compared by. The order is the order of sums and of stored feature ids: append only. */
export const FEATURES = [
  'pattern',
  'shape',
  'parent',
  'pair',
  'lineage',
  'user',
  'identity',
  'tool',
  'module',
  'destination',
  'child',
  'habit',
] as const
export type Feature = (typeof FEATURES)[number]

/** Features with several values: what the process loaded, reached and started. */
export const TRAITS = ['module', 'destination', 'child'] as const satisfies readonly Feature[]
export type Trait = (typeof TRAITS)[number]

/** Features with one value, in the order of FEATURES. */
export const SINGLE_FEATURES = FEATURES.filter((feature): feature is SingleFeature => !isTrait(feature))
export type SingleFeature = Exclude<Feature, Trait>

export function isTrait(feature: Feature): feature is Trait {
  return (TRAITS as readonly Feature[]).includes(feature)
}

/** The scope of the `tool` feature's counts: it compares tools with each other, so its counts belong to no one tool. */
export const ANY_TOOL = '*'

/** The tool under which a feature's counts are kept: the binary itself, or ANY_TOOL for the `tool` feature. */
export function countedUnder(slug: string, feature: Feature): string {
  return feature === 'tool' ? ANY_TOOL : slug
}

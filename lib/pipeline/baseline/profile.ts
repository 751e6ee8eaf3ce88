import { DISCOUNT_MAX, DISCOUNT_MIN, SEEN_SLACK, THETA } from './weights'

/** How often each value was seen: trusted hours on a host, distinct trusted hosts in a group or the fleet. Integers ≥ 1. */
export type ValueCounts = ReadonlyMap<string, number>

/** The counts of one (scope, tool, feature), as the model reads them: by log₂ level only. */
export type Profile = {
  /** The counts as given: scores read their levels only. */
  counts: ValueCounts
  /** Σ 2^level over all values. */
  n: number
  /** Distinct values. */
  K: number
  /** Values seen once. */
  N1: number
  /** Values at each level, from level 0. */
  levels: readonly number[]
  /** d = clip(N₁/K): the mass each seen value gives to the unseen. */
  d: number
  /** ν = min(1, (θ + dK)/(n + θ)): the unseen mass, and how much the scope leans on the one outside it. 1 = knows nothing. */
  nu: number
  /** By level: Σ (2^l − d)/(n + θ) over all values at levels l up to it. No term is negative, as 2^l ≥ 1 > d. */
  tails: readonly number[]
}

/** Level of a count ≥ 1: 1 → 0, 2–3 → 1, 4–7 → 2 … Only a change of level can change anybody's score. */
export function level(count: number): number {
  return 31 - Math.clz32(count)
}

/** The profile of a scope's counts. A function of the levels of the counts, whatever their order. */
export function buildProfile(counts: ValueCounts): Profile {
  const levels: number[] = []
  for (const count of counts.values()) {
    const at = level(count)
    while (levels.length <= at) levels.push(0)
    levels[at] = (levels[at] ?? 0) + 1
  }
  const n = levels.reduce((sum, values, at) => sum + values * 2 ** at, 0)
  const K = counts.size
  const N1 = levels[0] ?? 0
  const d = Math.min(DISCOUNT_MAX, Math.max(DISCOUNT_MIN, K === 0 ? 0 : N1 / K))
  const nu = Math.min(1, (THETA + d * K) / (n + THETA))
  let mass = 0
  const tails = levels.map((values, at) => {
    mass += values * (2 ** at - d)
    return mass / (n + THETA)
  })
  return { counts, n, K, N1, levels, d, nu, tails }
}

export const EMPTY_PROFILE = buildProfile(new Map())

const PARTS = new WeakMap<Profile, Map<string, Profile>>()

function splitBy(profile: Profile, partOf: (value: string) => string): Map<string, Profile> {
  const counts = new Map<string, Map<string, number>>()
  for (const [value, count] of profile.counts) {
    const name = partOf(value)
    const part = counts.get(name) ?? new Map<string, number>()
    counts.set(name, part.set(value, count))
  }
  return new Map(Array.from(counts, ([name, part]) => [name, buildProfile(part)]))
}

/**
 * The part of a profile whose values belong together, as a profile of its own: what one parent does with a tool.
 * `partOf` must be the same function for the same profile: parts are remembered.
 */
export function profileWithin(profile: Profile, partOf: (value: string) => string, part: string): Profile {
  const parts = PARTS.get(profile) ?? splitBy(profile, partOf)
  PARTS.set(profile, parts)
  return parts.get(part) ?? EMPTY_PROFILE
}

function probabilityWithin(profile: Profile, value: string, outer: number): number {
  const count = profile.counts.get(value)
  if (count === undefined) return profile.nu * outer
  const tail = profile.tails[level(count)] ?? 0
  return Math.min(1, profile.nu * Math.min(1, outer + SEEN_SLACK) + tail)
}

/**
 * The hierarchical Pitman–Yor tail p-value of a value: how likely is something at least this rare here?
 * `profiles` from the outermost scope (fleet) to the innermost (host); with none, everything has probability 1.
 * Returns p in (0, 1] and ν of the innermost scope.
 */
export function tailProbability(profiles: readonly Profile[], value: string): { p: number; nu: number } {
  let p = 1
  let { nu } = EMPTY_PROFILE
  for (const profile of profiles) {
    p = probabilityWithin(profile, value, p)
    nu = profile.nu
  }
  return { p, nu }
}

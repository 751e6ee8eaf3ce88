import type { Feature } from './features'
import type { Profile } from './profile'
import {
  BURST_MIN_DAYS,
  COMMON_MIN_AGE_DAYS,
  COMMON_MIN_DAYS,
  COMMON_MIN_HOSTS,
  REACHED_HOSTS,
  ROLL_OUT_US,
} from './weights'

/** Where and when a pattern was observed, trusted or not, on earlier days: how many hosts and days, counted at least as far as COUNTED_SPREAD, and since when. Days since 1970. */
export type Spread = { hosts: number; days: number; firstDay: number }

/** More hosts or days than these change nothing that is said of a pattern. */
export const COUNTED_SPREAD = {
  hosts: COMMON_MIN_HOSTS,
  days: Math.max(COMMON_MIN_DAYS, BURST_MIN_DAYS),
} as const

/** What a group or the fleet knew before the day in question. */
export type PrevalenceView = {
  /** Distinct trusted hosts per value of a feature; `slug` is ANY_TOOL for the `tool` feature (see countedUnder). */
  profile: (slug: string, feature: Feature) => Profile
  /** null = never observed. */
  spread: (slug: string, pattern: string) => Spread | null
}

/** `on-many-hosts`: whoever runs the fleet does it. `on-one`: common, but no more than a habit of one or two hosts. */
export type Commonness = 'no' | 'on-one' | 'on-many-hosts'

/**
 * How common a pattern is: first seen long enough ago, and on several days or hosts, but not in one burst:
 * lateral movement reaches three hosts in an hour.
 */
export function commonnessOf(spread: Spread | null, day: number): Commonness {
  if (spread === null || day - spread.firstDay < COMMON_MIN_AGE_DAYS) return 'no'
  const manyHosts = spread.hosts >= COMMON_MIN_HOSTS
  if (spread.days >= COMMON_MIN_DAYS) return manyHosts ? 'on-many-hosts' : 'on-one'
  return manyHosts && spread.days >= BURST_MIN_DAYS ? 'on-one' : 'no'
}

/** Whether another host showed a pattern on an earlier day. `here`: whether this host is among those that did. */
export function isSeenElsewhere(spread: Spread | null, here: boolean): boolean {
  return spread !== null && spread.hosts > (here ? 1 : 0)
}

/**
 * From when on a host that begins with a pattern comes late that day: an hour after the first, for lateral movement reaches its hosts within the hour and what is rolled out
 * takes hours; or behind many hosts, however fast. Infinity = nobody has begun. Times in microseconds since 1970.
 * @param firsts when each host of the fleet first used it that day, in any order; of those that are not given here none came before these
 */
export function lateFrom(firsts: readonly number[]): number {
  const inOrder = firsts.toSorted((one, other) => one - other)
  const first = inOrder[0] ?? Number.POSITIVE_INFINITY
  const reached = inOrder[REACHED_HOSTS - 1] ?? Number.POSITIVE_INFINITY
  return Math.min(first + ROLL_OUT_US, reached + 1)
}

/**
 * Whether a pattern, however young, is being rolled out: other hosts did it on earlier days, and not in a burst unless an agent of deployment brings
 * it. What is unusual about it was said of them.
 */
export function isRolledOut(spread: Spread | null, deployed: boolean): boolean {
  if (spread === null || spread.hosts < COMMON_MIN_HOSTS) return false
  return deployed || spread.days >= BURST_MIN_DAYS
}

import { accountOf, type Judged } from './gather-replay'
import { executionsOf, lastDayOf, type PackedUse } from './packed-use'

export const FACETS = ['parent', 'pattern', 'user', 'group', 'host'] as const
export type FacetKind = (typeof FACETS)[number]

/** What the first plan interrupts, whose exceptions in `expressible` count; parent and pattern: of each kind of use, -1 = not reported. */
export type Interrupting = Judged & {
  expressible: number
  kinds: { parent: readonly number[]; pattern: readonly number[] }
}

/** `id`: place of a parent or pattern, id of an account, group or host. `lastDay`: since 1970. */
type Ranked = { id: string; executions: number; lastDay: number }
type Reached = { hosts: number; people: number }
/** Of accounts, groups and hosts it is known on how many hosts, and by how many people. */
export type Ranking = Record<'parent' | 'pattern', { top: Ranked[]; total: number }> &
  Record<'user' | 'group' | 'host', { top: (Ranked & Reached)[]; total: number }>
/** Parents and patterns by their places, at most as many as a number has bits. */
export type Candidates = { parent: readonly number[]; pattern: readonly number[] }
/** Hosts and people of candidates, by their places. */
export type Reach = Record<keyof Candidates, ReadonlyMap<number, Reached>>

/** Values that are listed. */
const LISTED = 25
const BITS = 32

/** What is interrupted by parent, pattern, account, group and host: the most frequent values, as use is read. */
export function rankFacets(input: Interrupting): { take: (use: PackedUse) => void; ranking: () => Ranking } {
  const { kinds } = input
  const spared = sparedBy(input)
  const byKind = new KindTally(kinds.bits.length)
  const tallies = { user: new Tally(), group: new Tally(), host: new Tally() }
  const pairs = { user: new Counts<string>(), host: new Counts<number>() }
  const isFirstOf = pairsOnce(input)
  const ofGroups = { hosts: new Counts<number>(), people: new Map<number, Set<string>>() }
  return {
    take: (use) => {
      const groupId = reached(input, use)
      if (groupId === null) return
      const sum = byKind.add(use, spared)
      if (sum.executions === 0) return
      const { hostId, principalId } = use
      const isNews = tallies.host.add(hostId, sum)
      if (groupId > 0) {
        tallies.group.add(groupId, sum)
        if (isNews) ofGroups.hosts.add(groupId)
      }
      if (principalId === '0') return
      const account = accountOf(input.accounts, principalId)
      tallies.user.add(account, sum)
      if (groupId > 0) addTo(ofGroups.people, groupId, account)
      if (!isFirstOf(use)) return
      pairs.user.add(account)
      pairs.host.add(hostId)
    },
    ranking: () => ({
      parent: byKind.by(kinds.parent).top(() => ({})),
      pattern: byKind.by(kinds.pattern).top(() => ({})),
      user: tallies.user.top((id) => ({ hosts: pairs.user.of(String(id)), people: 1 })),
      group: tallies.group.top((id) => ({
        hosts: ofGroups.hosts.of(Number(id)),
        people: ofGroups.people.get(Number(id))?.size ?? 0,
      })),
      host: tallies.host.top((id) => ({ hosts: 1, people: pairs.host.of(Number(id)) })),
    }),
  }
}

/** Whether use is the first of its account on its host: what is stored has a row for each way in which an account was reported there. */
function pairsOnce({ accounts }: Judged): (use: PackedUse) => boolean {
  const hostsOf = new Map<string, Set<number>>()
  return ({ hostId, principalId }) => {
    const account = accounts.get(principalId)
    if (account === undefined) return true
    if (hostsOf.get(account)?.has(hostId)) return false
    addTo(hostsOf, account, hostId)
    return true
  }
}

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const known = sets.get(key)
  if (known === undefined) sets.set(key, new Set([value]))
  else known.add(value)
}

/** Parents and patterns that are likely to be ranked first, from how often each kind of use ran at all. */
export function guessCandidates(input: Interrupting, executions: readonly number[]): Candidates {
  const spared = sparedBy(input)
  const placesOf = (values: readonly number[]) => {
    const sums = new Map<number, number>()
    for (const [kind, value] of values.entries())
      if (value >= 0 && spared[kind] === 0) sums.set(value, (sums.get(value) ?? 0) + (executions[kind] ?? 0))
    return [...sums]
      .sort(([, one], [, other]) => other - one)
      .slice(0, BITS)
      .map(([value]) => value)
  }
  return { parent: placesOf(input.kinds.parent), pattern: placesOf(input.kinds.pattern) }
}

/** The parents and patterns of a ranking whose hosts and people are not known yet; null = there is none. */
export function missingIn(reach: Reach, ranking: Ranking): Candidates | null {
  const missing = (of: keyof Candidates) =>
    ranking[of].top.map(({ id }) => Number(id)).filter((place) => !reach[of].has(place))
  const candidates = { parent: missing('parent'), pattern: missing('pattern') }
  return candidates.parent.length + candidates.pattern.length === 0 ? null : candidates
}

/** Hosts and people of what the first plan interrupts of some parents and patterns, as use is read. */
export function gatherReach(
  input: Interrupting,
  candidates: Candidates,
): { take: (use: PackedUse) => void; reach: () => Reach } {
  const spared = sparedBy(input)
  const masksOf = (of: keyof Candidates) => {
    const bits = new Map(candidates[of].map((place, at) => [place, 1 << at]))
    return Int32Array.from(input.kinds[of], (place) => bits.get(place) ?? 0)
  }
  const [parents, patterns] = [masksOf('parent'), masksOf('pattern')]
  const masks = { parent: new ReachMasks(), pattern: new ReachMasks() }
  return {
    take: (use) => {
      if (reached(input, use) === null) return
      const { places, count } = use
      let parent = 0
      let pattern = 0
      for (let at = 0; at < count; at++) {
        const kind = places[at] ?? -1
        if (spared[kind] !== 0) continue
        parent |= parents[kind] ?? 0
        pattern |= patterns[kind] ?? 0
      }
      const account = accountOf(input.accounts, use.principalId)
      masks.parent.add(use.hostId, account, parent)
      masks.pattern.add(use.hostId, account, pattern)
    },
    reach: () => ({
      parent: masks.parent.countsOf(candidates.parent),
      pattern: masks.pattern.countsOf(candidates.pattern),
    }),
  }
}

/** Which candidates each host and account has, a bit each. */
class ReachMasks {
  private readonly hosts = new Map<number, number>()
  private readonly people = new Map<string, number>()

  add(hostId: number, account: string, mask: number): void {
    if (mask === 0) return
    this.hosts.set(hostId, (this.hosts.get(hostId) ?? 0) | mask)
    if (account !== '0') this.people.set(account, (this.people.get(account) ?? 0) | mask)
  }

  countsOf(places: readonly number[]): Map<number, Reached> {
    const [hosts, people] = [countBits(this.hosts), countBits(this.people)]
    return new Map(places.map((place, at) => [place, { hosts: hosts[at] ?? 0, people: people[at] ?? 0 }]))
  }
}

/** How many have each bit of those listed. */
function countBits(masks: ReadonlyMap<unknown, number>): number[] {
  const counts = new Array<number>(BITS).fill(0)
  for (let mask of masks.values())
    for (; mask !== 0; mask &= mask - 1) {
      const bit = 31 - Math.clz32(mask & -mask)
      counts[bit] = (counts[bit] ?? 0) + 1
    }
  return counts
}

/** By kind of use: what of its exceptions spares it; -1 = the first plan does not stop it at all. */
function sparedBy({ kinds, expressible }: Interrupting): Int32Array {
  return Int32Array.from(kinds.bits, (bits, at) =>
    ((kinds.stopped[at] ?? 0) & 1) === 1 ? bits & expressible : -1,
  )
}

/** The group of the host, 0 = none; null = it is out of scope, or host or account are spared. */
function reached({ hosts, people, expressible }: Interrupting, { hostId, principalId }: PackedUse) {
  const host = hosts.get(hostId)
  if (host === undefined || ((host.bits | (people.get(principalId) ?? 0)) & expressible) !== 0) return null
  return host.groupId
}

/** What is interrupted of each kind of use. */
class KindTally {
  private readonly executions: Float64Array
  private readonly lastDay: Int32Array

  constructor(kinds: number) {
    this.executions = new Float64Array(kinds)
    this.lastDay = new Int32Array(kinds)
  }

  /** Adds what nothing spares; answers that of all kinds together. */
  add(use: PackedUse, spared: Int32Array): { executions: number; lastDay: number } {
    const sum = { executions: 0, lastDay: 0 }
    for (let at = 0; at < use.count; at++) {
      const kind = use.places[at] ?? -1
      if (spared[kind] !== 0) continue
      const [executions, day] = [executionsOf(use, at), lastDayOf(use, at)]
      this.executions[kind] = (this.executions[kind] ?? 0) + executions
      this.lastDay[kind] = Math.max(this.lastDay[kind] ?? 0, day)
      sum.executions += executions
      sum.lastDay = Math.max(sum.lastDay, day)
    }
    return sum
  }

  /** By a value of each kind, -1 = not reported. */
  by(values: readonly number[]): Tally {
    const tally = new Tally()
    for (const [kind, value] of values.entries()) {
      const of = { executions: this.executions[kind] ?? 0, lastDay: this.lastDay[kind] ?? 0 }
      if (value >= 0 && of.executions > 0) tally.add(value, of)
    }
    return tally
  }
}

class Counts<K> {
  private readonly counts = new Map<K, number>()

  add(key: K): void {
    this.counts.set(key, this.of(key) + 1)
  }

  of(key: K): number {
    return this.counts.get(key) ?? 0
  }
}

class Tally {
  private readonly values = new Map<number | string, { executions: number; lastDay: number }>()

  /** Answers whether it is the first of its id. */
  add(id: number | string, { executions, lastDay }: Omit<Ranked, 'id'>): boolean {
    const value = this.values.get(id)
    if (value === undefined) {
      this.values.set(id, { executions, lastDay })
      return true
    }
    value.executions += executions
    if (lastDay > value.lastDay) value.lastDay = lastDay
    return false
  }

  /** The most frequent, with what else is known of each. */
  top<T>(known: (id: number | string) => T): { top: (Ranked & T)[]; total: number } {
    const ranked = [...this.values].sort(
      ([a, one], [b, other]) => other.executions - one.executions || (a < b ? -1 : 1),
    )
    return {
      top: ranked.slice(0, LISTED).map(([id, value]) => ({ id: String(id), ...value, ...known(id) })),
      total: ranked.length,
    }
  }
}

import type { Judged, Place } from './gather-replay'
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
export function rankFacets(input: Interrupting): {
  take: (use: PackedUse, place: Place) => void
  ranking: () => Ranking
} {
  const { kinds, expressible } = input
  const spared = sparedBy(input)
  const byKind = new KindTally(kinds.bits.length)
  const tallies = {
    user: new Tally(() => ({ hosts: 0 })),
    group: new Tally(() => ({ hosts: 0, people: new Set<string>() })),
    host: new Tally(() => ({ isNew: true, accounts: 0 })),
  }
  const isFirstOf = pairsOnce(input)
  return {
    take: (use, { groupId, bits, account }) => {
      if ((bits & expressible) !== 0) return
      const sum = byKind.add(use, spared)
      if (sum.executions === 0) return
      const host = tallies.host.add(use.hostId, sum)
      const group = groupId > 0 ? tallies.group.add(groupId, sum) : null
      if (host.isNew && group !== null) group.hosts++
      host.isNew = false
      if (account === '0') return
      const user = tallies.user.add(account, sum)
      group?.people.add(account)
      if (!isFirstOf(use)) return
      user.hosts++
      host.accounts++
    },
    ranking: () => ({
      parent: byKind.by(kinds.parent).top(() => ({})),
      pattern: byKind.by(kinds.pattern).top(() => ({})),
      user: tallies.user.top(({ hosts }) => ({ hosts, people: 1 })),
      group: tallies.group.top(({ hosts, people }) => ({ hosts, people: people.size })),
      host: tallies.host.top(({ accounts }) => ({ hosts: 1, people: accounts })),
    }),
  }
}

/** Whether use is the first of its account on its host: what is stored has a row for each way in which an account was reported there. */
function pairsOnce({ accounts }: Judged): (use: PackedUse) => boolean {
  const hostsOf = new Map<string, Set<number>>()
  return ({ hostId, principalId }) => {
    const account = accounts.get(principalId)
    if (account === undefined) return true
    const known = hostsOf.get(account)
    if (known?.has(hostId)) return false
    if (known === undefined) hostsOf.set(account, new Set([hostId]))
    else known.add(hostId)
    return true
  }
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
): { take: (use: PackedUse, place: Place) => void; reach: () => Reach } {
  const spared = sparedBy(input)
  const masksOf = (of: keyof Candidates) => {
    const bits = new Map(candidates[of].map((place, at) => [place, 1 << at]))
    return Int32Array.from(input.kinds[of], (place) => bits.get(place) ?? 0)
  }
  const [parents, patterns] = [masksOf('parent'), masksOf('pattern')]
  const [hosts, people] = [new Map<number, Masks>(), new Map<string, Masks>()]
  return {
    take: (use, { bits, account }) => {
      if ((bits & input.expressible) !== 0) return
      const { places, count } = use
      let parent = 0
      let pattern = 0
      for (let at = 0; at < count; at++) {
        const kind = places[at] ?? -1
        if (spared[kind] !== 0) continue
        parent |= parents[kind] ?? 0
        pattern |= patterns[kind] ?? 0
      }
      if ((parent | pattern) === 0) return
      addMasks(hosts, use.hostId, parent, pattern)
      if (account !== '0') addMasks(people, account, parent, pattern)
    },
    reach: () => {
      const countsOf = (of: keyof Candidates) => {
        const [ofHosts, ofPeople] = [countBits(hosts, of), countBits(people, of)]
        return new Map(
          candidates[of].map((place, at) => [place, { hosts: ofHosts[at] ?? 0, people: ofPeople[at] ?? 0 }]),
        )
      }
      return { parent: countsOf('parent'), pattern: countsOf('pattern') }
    },
  }
}

/** Which candidates a host or an account has, a bit each. */
type Masks = Record<keyof Candidates, number>

function addMasks<K>(masks: Map<K, Masks>, key: K, parent: number, pattern: number): void {
  const known = masks.get(key)
  if (known === undefined) {
    masks.set(key, { parent, pattern })
    return
  }
  known.parent |= parent
  known.pattern |= pattern
}

/** How many have each bit of those listed. */
function countBits(masks: ReadonlyMap<unknown, Masks>, of: keyof Candidates): number[] {
  const counts = new Array<number>(BITS).fill(0)
  for (const { [of]: all } of masks.values())
    for (let mask = all; mask !== 0; mask &= mask - 1) {
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

/** What is interrupted of each kind of use. */
class KindTally {
  private readonly executions: Float64Array
  private readonly lastDay: Int32Array

  constructor(kinds: number) {
    this.executions = new Float64Array(kinds)
    this.lastDay = new Int32Array(kinds)
  }

  /** Adds what nothing spares; answers that of all kinds together. */
  add(use: PackedUse, spared: Int32Array): Sum {
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
  by(values: readonly number[]): Tally<object> {
    const tally = new Tally(() => ({}))
    for (const [kind, value] of values.entries()) {
      const of = { executions: this.executions[kind] ?? 0, lastDay: this.lastDay[kind] ?? 0 }
      if (value >= 0 && of.executions > 0) tally.add(value, of)
    }
    return tally
  }
}

type Sum = { executions: number; lastDay: number }

/** `begun`: what else is kept of a value, before anything of it is. */
class Tally<T extends object> {
  private readonly values = new Map<number | string, Sum & T>()

  constructor(private readonly begun: () => T) {}

  add(id: number | string, { executions, lastDay }: Sum): Sum & T {
    const known = this.values.get(id)
    if (known === undefined) {
      const value = { executions, lastDay, ...this.begun() }
      this.values.set(id, value)
      return value
    }
    known.executions += executions
    if (lastDay > known.lastDay) known.lastDay = lastDay
    return known
  }

  /** The most frequent, with what is told of each. */
  top<U>(told: (value: T) => U): { top: (Ranked & U)[]; total: number } {
    const ranked = [...this.values].sort(
      ([a, one], [b, other]) => other.executions - one.executions || (a < b ? -1 : 1),
    )
    return {
      top: ranked.slice(0, LISTED).map(([id, value]) => ({
        id: String(id),
        executions: value.executions,
        lastDay: value.lastDay,
        ...told(value),
      })),
      total: ranked.length,
    }
  }
}

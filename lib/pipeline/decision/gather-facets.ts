import type { Judged } from './gather-replay'
import { executionsOf, lastDayOf, type PackedUse } from './packed-use'

export const FACETS = ['parent', 'pattern', 'user', 'group', 'host'] as const
export type FacetKind = (typeof FACETS)[number]

/** What the first plan interrupts, whose exceptions in `expressible` count; parent and pattern: of each kind of use, -1 = not reported. */
export type Interrupting = Judged & {
  expressible: number
  kinds: { parent: readonly number[]; pattern: readonly number[] }
}

/** `id`: place of a parent or pattern, id of an account, group or host. `lastDay`: since 1970. */
export type Ranked = { id: string; executions: number; lastDay: number }
export type Ranking = Record<FacetKind, { top: Ranked[]; total: number }>
/** Hosts and people of each value of a ranking, in its order. */
export type Reach = Record<FacetKind, { hosts: number; people: number }[]>

/** Values that are listed: their hosts and people are bits of a number. */
const LISTED = 25

/** What is interrupted by parent, pattern, account, group and host: the most frequent values, as use is read a first time. */
export function rankFacets(input: Interrupting): { take: (use: PackedUse) => void; ranking: () => Ranking } {
  const { kinds } = input
  const spared = sparedBy(input)
  const byKind = new KindTally(kinds.bits.length)
  const tallies = { user: new Tally(), group: new Tally(), host: new Tally() }
  return {
    take: (use) => {
      const groupId = reached(input, use)
      if (groupId === null) return
      const sum = byKind.add(use, spared)
      if (sum.executions === 0) return
      tallies.host.add(use.hostId, sum)
      if (use.principalId !== '0') tallies.user.add(use.principalId, sum)
      if (groupId > 0) tallies.group.add(groupId, sum)
    },
    ranking: () => {
      return {
        parent: byKind.by(kinds.parent).top(),
        pattern: byKind.by(kinds.pattern).top(),
        user: tallies.user.top(),
        group: tallies.group.top(),
        host: tallies.host.top(),
      }
    },
  }
}

/** Hosts and people of what a ranking lists, as use is read again. */
export function reachOfFacets(
  input: Interrupting,
  ranking: Ranking,
): { take: (use: PackedUse) => void; reach: () => Reach } {
  const { kinds } = input
  const spared = sparedBy(input)
  const bits = (of: FacetKind) => new Map(ranking[of].top.map(({ id }, rank) => [id, 1 << rank]))
  const masksOf = (values: readonly number[], ranks: ReadonlyMap<string, number>) =>
    Int32Array.from(values, (value) => ranks.get(String(value)) ?? 0)
  const parents = masksOf(kinds.parent, bits('parent'))
  const patterns = masksOf(kinds.pattern, bits('pattern'))
  const [users, groups, hosts] = [bits('user'), bits('group'), bits('host')]
  const masks = FACETS.map(() => ({ hosts: new Map<number, number>(), people: new Map<string, number>() }))
  return {
    take: (use) => {
      const groupId = reached(input, use)
      if (groupId === null) return
      const { hostId, principalId, places, count } = use
      let parent = 0
      let pattern = 0
      let any = false
      for (let at = 0; at < count; at++) {
        const kind = places[at] ?? -1
        if (spared[kind] !== 0) continue
        parent |= parents[kind] ?? 0
        pattern |= patterns[kind] ?? 0
        any = true
      }
      if (!any) return
      const own = [
        parent,
        pattern,
        users.get(principalId) ?? 0,
        groups.get(String(groupId)) ?? 0,
        hosts.get(String(hostId)) ?? 0,
      ]
      masks.forEach((of, at) => {
        const mask = own[at] ?? 0
        if (mask === 0) return
        of.hosts.set(hostId, (of.hosts.get(hostId) ?? 0) | mask)
        if (principalId !== '0') of.people.set(principalId, (of.people.get(principalId) ?? 0) | mask)
      })
    },
    reach: () => {
      const reachOf = (at: number) => {
        const [ofHosts, ofPeople] = [countBits(masks[at]?.hosts), countBits(masks[at]?.people)]
        return ofHosts.map((count, rank) => ({ hosts: count, people: ofPeople[rank] ?? 0 }))
      }
      return Object.fromEntries(FACETS.map((facet, at) => [facet, reachOf(at)])) as Reach
    },
  }
}

/** How many have each bit of those listed. */
function countBits(masks: ReadonlyMap<unknown, number> | undefined): number[] {
  const counts = new Array<number>(LISTED).fill(0)
  for (let mask of masks?.values() ?? [])
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

class Tally {
  private readonly values = new Map<number | string, { executions: number; lastDay: number }>()

  add(id: number | string, { executions, lastDay }: Omit<Ranked, 'id'>): void {
    const value = this.values.get(id)
    if (value === undefined) {
      this.values.set(id, { executions, lastDay })
      return
    }
    value.executions += executions
    if (lastDay > value.lastDay) value.lastDay = lastDay
  }

  top(): { top: Ranked[]; total: number } {
    const ranked = [...this.values].sort(
      ([a, one], [b, other]) => other.executions - one.executions || (a < b ? -1 : 1),
    )
    return {
      top: ranked.slice(0, LISTED).map(([id, value]) => ({ id: String(id), ...value })),
      total: ranked.length,
    }
  }
}

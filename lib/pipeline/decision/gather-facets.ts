import type { Judged } from './gather-replay'
import { EXECUTIONS_AT, KindPlaces, LAST_DAY_AT, type PackedUse, USE_BYTES } from './packed-use'

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
  const each = eachInterrupted(input)
  const executions = new Float64Array(kinds.ids.length)
  const lastDay = new Int32Array(kinds.ids.length)
  const tallies = { user: new Tally(), group: new Tally(), host: new Tally() }
  return {
    take: (use) => {
      const sum = { executions: 0, lastDay: 0 }
      const host = each(use, (kind, at) => {
        const [count, day] = [
          use.uses.readInt32BE(at + EXECUTIONS_AT),
          use.uses.readInt32BE(at + LAST_DAY_AT),
        ]
        executions[kind] = (executions[kind] ?? 0) + count
        if (day > (lastDay[kind] ?? 0)) lastDay[kind] = day
        sum.executions += count
        if (day > sum.lastDay) sum.lastDay = day
      })
      if (sum.executions === 0) return
      tallies.host.add(String(use.hostId), sum)
      if (use.principalId !== '0') tallies.user.add(use.principalId, sum)
      if (host > 0) tallies.group.add(String(host), sum)
    },
    ranking: () => {
      const ofKinds = (values: readonly number[]) => {
        const tally = new Tally()
        values.forEach((value, kind) => {
          const of = { executions: executions[kind] ?? 0, lastDay: lastDay[kind] ?? 0 }
          if (value >= 0 && of.executions > 0) tally.add(String(value), of)
        })
        return tally.top()
      }
      return {
        parent: ofKinds(kinds.parent),
        pattern: ofKinds(kinds.pattern),
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
  const each = eachInterrupted(input)
  const bits = (of: FacetKind) => new Map(ranking[of].top.map(({ id }, rank) => [id, 1 << rank]))
  const masksOf = (values: readonly number[], ranks: ReadonlyMap<string, number>) =>
    Int32Array.from(values, (value) => ranks.get(String(value)) ?? 0)
  const parents = masksOf(kinds.parent, bits('parent'))
  const patterns = masksOf(kinds.pattern, bits('pattern'))
  const [users, groups, hosts] = [bits('user'), bits('group'), bits('host')]
  const masks = FACETS.map(() => ({ hosts: new Map<number, number>(), people: new Map<string, number>() }))
  return {
    take: (use) => {
      let [parent, pattern, any] = [0, 0, false]
      const groupId = each(use, (kind) => {
        parent |= parents[kind] ?? 0
        pattern |= patterns[kind] ?? 0
        any = true
      })
      if (!any) return
      const { hostId, principalId } = use
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
      const reachOf = (facet: FacetKind, at: number) =>
        ranking[facet].top.map((_, rank) => ({
          hosts: countBit(masks[at]?.hosts, rank),
          people: countBit(masks[at]?.people, rank),
        }))
      return Object.fromEntries(FACETS.map((facet, at) => [facet, reachOf(facet, at)])) as Reach
    },
  }
}

function countBit(masks: ReadonlyMap<unknown, number> | undefined, bit: number): number {
  let count = 0
  for (const mask of masks?.values() ?? []) count += (mask >> bit) & 1
  return count
}

/** Visits the uses that the first plan interrupts; answers the group of the host, 0 = none or out of scope. */
function eachInterrupted({ kinds, hosts, people, expressible }: Interrupting) {
  const places = new KindPlaces(kinds.ids)
  /** What of a kind's exceptions spares it; -1 = it is not stopped at all. */
  const spared = Int32Array.from(kinds.bits, (bits, at) =>
    ((kinds.stopped[at] ?? 0) & 1) === 1 ? bits & expressible : -1,
  )
  return ({ hostId, principalId, uses }: PackedUse, visit: (kind: number, at: number) => void): number => {
    const host = hosts.get(hostId)
    if (host === undefined || ((host.bits | (people.get(principalId) ?? 0)) & expressible) !== 0) return 0
    for (let at = 0; at < uses.length; at += USE_BYTES) {
      const kind = places.at(uses, at)
      if (kind >= 0 && spared[kind] === 0) visit(kind, at)
    }
    return host.groupId
  }
}

class Tally {
  private readonly values = new Map<string, Ranked>()

  add(id: string, { executions, lastDay }: Omit<Ranked, 'id'>): void {
    const value = this.values.get(id) ?? { id, executions: 0, lastDay: 0 }
    value.executions += executions
    if (lastDay > value.lastDay) value.lastDay = lastDay
    this.values.set(id, value)
  }

  top(): { top: Ranked[]; total: number } {
    const ranked = [...this.values.values()].sort(
      (a, b) => b.executions - a.executions || Number(BigInt(a.id) - BigInt(b.id)),
    )
    return { top: ranked.slice(0, LISTED), total: ranked.length }
  }
}

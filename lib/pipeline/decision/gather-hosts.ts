import { eachDay, eachKindOfDays, type PackedDays } from './packed-days'
import { KindPlaces } from './packed-use'

/** Hosts by group; group 0 = none. */
export type HostsByGroup = ReadonlyMap<number, number>

/** Who used a binary in some days: executions of each host, the hosts of each pattern, parent and account, and on how many of the days each account did. */
export type HostsOfUse = {
  executions: ReadonlyMap<number, number>
  patterns: ReadonlyMap<number, HostsByGroup>
  parents: ReadonlyMap<number, HostsByGroup>
  accounts: ReadonlyMap<string, HostsByGroup>
  daysOf: (account: string) => number
}

type Asked = {
  kindIds: readonly string[]
  /** Of each kind, as places from 0 on. */
  pattern: readonly number[]
  parent: readonly number[]
  /** Days since 1970, both included. */
  first: number
  last: number
  groupOf: (hostId: number) => number
  /** The account that one of its printings stands for. */
  accountOf: (principalId: string) => string
}

/** Counts the hosts of a binary's use, as its days are read host by host. */
export function gatherHosts({ kindIds, pattern, parent, first, last, groupOf, accountOf }: Asked): {
  take: (days: PackedDays) => void
  hosts: () => HostsOfUse
} {
  const places = new KindPlaces(kindIds)
  const executions = new Map<number, number>()
  const accounts = new Sightings<string>()
  const days = new Map<string, Uint8Array>()
  const [patterns, parents] = [new Sightings<number>(), new Sightings<number>()]
  return {
    take: (use) => {
      const { hostId, principalId } = use
      const groupId = groupOf(hostId)
      let sum = 0
      eachKindOfDays(use, { first, last }, (high, low, ran) => {
        const kind = places.find(high, low)
        if (kind < 0) return
        sum += ran.executions
        patterns.add(pattern[kind] ?? 0, hostId, groupId)
        parents.add(parent[kind] ?? 0, hostId, groupId)
      })
      if (sum === 0) return
      executions.set(hostId, (executions.get(hostId) ?? 0) + sum)
      const account = accountOf(principalId)
      accounts.add(account, hostId, groupId)
      const ran = days.get(account) ?? new Uint8Array(last - first + 1)
      days.set(account, ran)
      eachDay(use, { first, last }, (day) => {
        ran[day - first] = 1
      })
    },
    hosts: () => ({
      executions,
      patterns: patterns.counts,
      parents: parents.counts,
      accounts: accounts.counts,
      daysOf: (account) => days.get(account)?.reduce((sum, ran) => sum + ran, 0) ?? 0,
    }),
  }
}

/** Hosts that have something, each once: they come one after the other. */
class Sightings<K> {
  readonly counts = new Map<K, Map<number, number>>()
  private readonly last = new Map<K, number>()

  add(key: K, hostId: number, groupId: number): void {
    if (this.last.get(key) === hostId) return
    this.last.set(key, hostId)
    const byGroup = this.counts.get(key) ?? new Map<number, number>()
    this.counts.set(key, byGroup.set(groupId, (byGroup.get(groupId) ?? 0) + 1))
  }
}

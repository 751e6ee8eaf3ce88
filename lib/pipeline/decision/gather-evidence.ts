import { eachKindOfDays, type PackedDays, type Period } from './packed-days'
import { KindPlaces } from './packed-use'

/** How often something was used, and by how many hosts. */
export type Tally = { executions: number; hosts: number }

/** What evidence counts of a binary's use. */
export type GatheredEvidence = {
  executions: number
  /** Since 1970; null = not used. */
  lastDay: number | null
  /** Executions of each host. */
  hosts: ReadonlyMap<number, number>
  /** By their texts; what was not reported is left out. */
  patterns: ReadonlyMap<string, Tally>
  parents: ReadonlyMap<string, Tally>
  /** By their names, which compare without case: several accounts may have one. */
  users: ReadonlyMap<string, Tally>
}

type Asked = {
  /** Each kind with its command pattern and its parent; null = not reported. */
  kinds: readonly { id: string; pattern: string | null; parent: string | null }[]
  period: Period
  /** Of an account; null = it has none. */
  nameOf: (principalId: string) => string | null
}

/** Counts a binary's use for evidence, as its days are read: all of a host's, then all of the next's. */
export function gatherEvidence({ kinds, period, nameOf }: Asked): {
  take: (days: PackedDays) => void
  gathered: () => GatheredEvidence
} {
  const places = new KindPlaces(kinds.map(({ id }) => id))
  const hosts = new Map<number, number>()
  const [patterns, parents, users] = [new Tallies(), new Tallies(), new Tallies()]
  const names = new Names()
  let [executions, lastDay] = [0, Number.NEGATIVE_INFINITY]
  return {
    take: (use) => {
      const { hostId, principalId } = use
      let sum = 0
      eachKindOfDays(use, period, (high, low, ran) => {
        const kind = kinds[places.find(high, low)]
        if (kind === undefined) return
        sum += ran.executions
        lastDay = Math.max(lastDay, ran.lastDay)
        patterns.add(kind.pattern, hostId, ran.executions)
        parents.add(kind.parent, hostId, ran.executions)
      })
      if (sum === 0) return
      executions += sum
      hosts.set(hostId, (hosts.get(hostId) ?? 0) + sum)
      users.add(names.keyOf(nameOf(principalId)), hostId, sum)
    },
    gathered: () => ({
      executions,
      lastDay: executions === 0 ? null : lastDay,
      hosts,
      patterns: patterns.all,
      parents: parents.all,
      users: new Map(Array.from(users.all, ([key, tally]) => [names.shown(key), tally])),
    }),
  }
}

class Tallies {
  readonly all = new Map<string, Tally & { lastHost: number }>()

  add(key: string | null, hostId: number, executions: number): void {
    if (key === null) return
    const tally = this.all.get(key)
    if (tally === undefined) {
      this.all.set(key, { executions, hosts: 1, lastHost: hostId })
      return
    }
    tally.executions += executions
    if (tally.lastHost !== hostId) tally.hosts++
    tally.lastHost = hostId
  }
}

/** Names that compare without case: of those met, the least is shown. */
class Names {
  private readonly least = new Map<string, string>()

  keyOf(name: string | null): string | null {
    if (name === null) return null
    const key = name.toLowerCase()
    const known = this.least.get(key)
    if (known === undefined || name < known) this.least.set(key, name)
    return key
  }

  shown(key: string): string {
    return this.least.get(key) ?? key
  }
}

/** The most used first, those of one number in the order of their names. */
export function mostUsed<T extends { executions: number; name: string }>(
  all: readonly T[],
  most: number,
): T[] {
  return all
    .toSorted((a, b) => b.executions - a.executions || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .slice(0, most)
}

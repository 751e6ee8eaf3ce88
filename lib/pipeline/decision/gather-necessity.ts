import type { Starter, UseBy } from './necessity'
import { EVER, eachKindOfDays, type PackedDays } from './packed-days'
import { KindPlaces } from './packed-use'

/** One thing that a binary is used for: a parent with a pattern, by their places; -1 = not reported. */
export type GatheredPurpose = UseBy & {
  parent: number
  pattern: number
  /** The least id of its kinds that were used. */
  signatureId: string
  /** The first in the order of the alphabet, where its kinds differ. */
  starter: Starter
  /** Most days that one account on one host used a kind of it on. */
  days: number
  /** Since 1970. */
  lastDay: number
}

type Kinds = {
  ids: readonly string[]
  parent: readonly number[]
  pattern: readonly number[]
  starter: readonly Starter[]
}

type Gathered = {
  take: (use: PackedDays) => void
  /** Hosts that used it. */
  using: ReadonlySet<number>
  by: () => Map<Starter, UseBy>
  /** The most frequent first. */
  purposes: () => GatheredPurpose[]
}

/** What a binary is used for and who starts it, as its days are read host by host; only those hosts count. */
export function gatherNecessity(kinds: Kinds, hosts: ReadonlyMap<number, unknown>): Gathered {
  const places = new KindPlaces(kinds.ids)
  const using = new Set<number>()
  const starters = new Map<Starter, Users>()
  const purposes = new Map<string, PurposeUse>()
  // by their ids as numbers
  const order = kinds.ids.map((id) => BigInt(id)).sort((a, b) => (a < b ? -1 : 1))
  const ranks = new Map(order.map((id, rank) => [id.toString(), rank]))
  const ofKinds = kinds.ids.map((id, kind) => {
    const [parent = -1, pattern = -1, starter = 'unreported'] = [
      kinds.parent[kind],
      kinds.pattern[kind],
      kinds.starter[kind],
    ]
    return {
      rank: ranks.get(id) ?? 0,
      starter,
      users: known(starters, starter, () => new Users()),
      purpose: known(purposes, `${parent} ${pattern}`, () => new PurposeUse(parent, pattern)),
    }
  })
  return {
    using,
    take: (use) => {
      if (!hosts.has(use.hostId)) return
      eachKindOfDays(use, EVER, (high, low, ran) => {
        const kind = ofKinds[places.find(high, low)]
        if (kind === undefined) return
        using.add(use.hostId)
        kind.users.add(use, ran.executions)
        kind.purpose.addKind(kind, ran)
        kind.purpose.users.add(use, ran.executions)
      })
    },
    by: () => new Map([...starters].map(([starter, users]) => [starter, users.counts()])),
    purposes: () =>
      [...purposes.values()]
        .flatMap((one) => one.gathered() ?? [])
        .sort((a, b) => b.executions - a.executions || a.rank - b.rank)
        .map(({ rank, ...purpose }) => ({ ...purpose, signatureId: order[rank]?.toString() ?? '' })),
  }
}

function known<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** Who used something; hosts come one after the other. */
class Users {
  private executions = 0
  private hosts = 0
  private lastHost = -1
  private readonly people = new Set<string>()

  add({ hostId, principalId }: PackedDays, executions: number): void {
    this.executions += executions
    if (hostId !== this.lastHost) this.hosts++
    this.lastHost = hostId
    if (principalId !== '0') this.people.add(principalId)
  }

  counts(): UseBy {
    return { executions: this.executions, hosts: this.hosts, people: this.people.size }
  }
}

class PurposeUse {
  readonly users = new Users()
  private rank = Number.POSITIVE_INFINITY
  private starter: Starter | null = null
  private days = 0
  private lastDay = 0

  constructor(
    private readonly parent: number,
    private readonly pattern: number,
  ) {}

  addKind(
    { rank, starter }: { rank: number; starter: Starter },
    ran: { days: number; lastDay: number },
  ): void {
    if (rank < this.rank) this.rank = rank
    if (this.starter === null || starter < this.starter) this.starter = starter
    if (ran.days > this.days) this.days = ran.days
    if (ran.lastDay > this.lastDay) this.lastDay = ran.lastDay
  }

  /** null = none of its kinds was used. */
  gathered() {
    const { parent, pattern, rank, starter, days, lastDay } = this
    return starter === null ? null : { parent, pattern, rank, starter, days, lastDay, ...this.users.counts() }
  }
}

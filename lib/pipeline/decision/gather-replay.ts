import type { Cell, Profile, Replay } from './fold-replay'
import { EXECUTIONS_AT, KindPlaces, type PackedUse, USE_BYTES, WORKING_HOURS_AT } from './packed-use'
import type { Effect } from './what-if'

/** What the predicate says of kinds of use, hosts and accounts, before their use is read. */
export type Judged = {
  /** By place: exceptions that match; bit r = plan r stops it, or cannot be told to; what the first plan does. */
  kinds: {
    ids: readonly string[]
    bits: readonly number[]
    stopped: readonly number[]
    unknown: readonly number[]
    effect: readonly (Effect | 'refused')[]
  }
  /** Hosts in sight and in scope; no others count. */
  hosts: ReadonlyMap<number, JudgedHost>
  /** Exceptions that match accounts. */
  people: ReadonlyMap<string, number>
}

export type JudgedHost = { bits: number; groupId: number }

/** Adds use up to cells, as it is read. */
export function gatherReplay({ kinds, hosts, people }: Judged): {
  take: (use: PackedUse) => void
  replay: () => Replay
} {
  const places = new KindPlaces(kinds.ids)
  const cells = new Cells(kinds)
  const [ofHosts, ofPeople] = [new Profiles(), new Profiles()]
  return {
    take: ({ hostId, principalId, uses }) => {
      const host = hosts.get(hostId)
      if (host === undefined) return
      const add = cells.of(host.bits | (people.get(principalId) ?? 0))
      for (let at = 0; at < uses.length; at += USE_BYTES) {
        const kind = places.at(uses, at)
        if (kind >= 0)
          add(kind, uses.readInt32BE(at + EXECUTIONS_AT), uses.readInt32BE(at + WORKING_HOURS_AT))
      }
      const met = cells.met()
      ofHosts.add(hostId, met)
      if (principalId !== '0') ofPeople.add(principalId, met)
    },
    replay: () => ({ cells: cells.all, hosts: ofHosts.counted(), people: ofPeople.counted() }),
  }
}

/** Cells as they are met. */
class Cells {
  readonly all: Cell[] = []
  private readonly classes: { all: KindClass[]; of: Int32Array }
  /** By the bits of host and account: the cell of each class of kinds, -1 = none yet. */
  private readonly byBits = new Map<number, Int32Array>()
  private latest: number[] = []
  /** By cell: whether it is among the latest. */
  private readonly isLatest: boolean[] = []

  constructor(kinds: Judged['kinds']) {
    this.classes = toClasses(kinds)
  }

  /** Adds use of a kind by an account and on a host that these bits match. */
  of(bits: number): (kind: number, executions: number, workingHours: number) => void {
    const { all, of } = this.classes
    const known = this.byBits.get(bits) ?? new Int32Array(all.length).fill(-1)
    this.byBits.set(bits, known)
    return (kind, executions, workingHours) => {
      const at = of[kind] ?? 0
      if (known[at] === -1) known[at] = this.open(at, bits)
      const place = known[at] ?? 0
      const cell = this.all[place]
      if (cell === undefined) return
      cell.executions += executions
      cell.workingHours += workingHours
      if (this.isLatest[place]) return
      this.isLatest[place] = true
      this.latest.push(place)
    }
  }

  /** Cells that were added to since this was last asked. */
  met(): number[] {
    const { latest } = this
    for (const place of latest) this.isLatest[place] = false
    this.latest = []
    return latest
  }

  private open(at: number, bits: number): number {
    const { bits: own, ...kind } = this.classes.all[at] ?? NO_CLASS
    return this.all.push({ ...kind, bits: own | bits, executions: 0, workingHours: 0 }) - 1
  }
}

type KindClass = Omit<Cell, 'executions' | 'workingHours'>
const NO_CLASS: KindClass = { bits: 0, stopped: 0, unknown: 0, effect: 'refused' }

/** Kinds of use that nothing tells apart are one class. */
function toClasses({ ids, bits, stopped, unknown, effect }: Judged['kinds']): {
  all: KindClass[]
  of: Int32Array
} {
  const all: KindClass[] = []
  const known = new Map<string, number>()
  const of = Int32Array.from(ids, (_, at) => {
    const one = {
      bits: bits[at] ?? 0,
      stopped: stopped[at] ?? 0,
      unknown: unknown[at] ?? 0,
      effect: effect[at] ?? 'refused',
    }
    const key = Object.values(one).join()
    const place = known.get(key) ?? all.push(one) - 1
    known.set(key, place)
    return place
  })
  return { all, of }
}

/** Which cells each host, or person, has use in. */
class Profiles {
  private readonly met = new Map<number | string, Set<number>>()

  add(who: number | string, cells: readonly number[]): void {
    const before = this.met.get(who)
    if (before === undefined) this.met.set(who, new Set(cells))
    else for (const cell of cells) before.add(cell)
  }

  counted(): Profile[] {
    const found = new Map<string, { cells: number[]; count: number }>()
    for (const met of this.met.values()) {
      const cells = [...met].sort((a, b) => a - b)
      const key = cells.join()
      const profile = found.get(key) ?? { cells, count: 0 }
      profile.count++
      found.set(key, profile)
    }
    return [...found.values()]
  }
}

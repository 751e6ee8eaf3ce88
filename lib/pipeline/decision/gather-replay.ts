import type { Cell, Profile, Replay } from './fold-replay'
import { executionsOf, type PackedUse, workingHoursOf } from './packed-use'
import type { Effect } from './what-if'

/** What the predicate says of kinds of use, hosts and accounts, before their use is read. */
export type Judged = {
  /** By place: exceptions that match; bit r = plan r stops it, or cannot be told to; what the first plan does. */
  kinds: {
    bits: readonly number[]
    stopped: readonly number[]
    unknown: readonly number[]
    effect: readonly (Effect | 'refused')[]
  }
  /** Hosts in sight and in scope; no others count. */
  hosts: ReadonlyMap<number, JudgedHost>
  /** Exceptions that match accounts. */
  people: ReadonlyMap<string, number>
  /** Of accounts that were reported in several ways, each of which has an id: the one that stands for them. */
  accounts: ReadonlyMap<string, string>
}

export type JudgedHost = { bits: number; groupId: number }

/** Where use was: the host's group, 0 = none; exceptions that match host or account; the account as of Judged, '0' = not reported. */
export type Place = { groupId: number; bits: number; account: string }

/** Tells of use where it was, once for all that add it up; null = on a host that does not count. */
export function placing({ hosts, people, accounts }: Judged): (use: PackedUse) => Place | null {
  return ({ hostId, principalId }) => {
    const host = hosts.get(hostId)
    if (host === undefined) return null
    const bits = host.bits | (people.get(principalId) ?? 0)
    return { groupId: host.groupId, bits, account: accounts.get(principalId) ?? principalId }
  }
}

/** Adds use up to cells, as it is read. */
export function gatherReplay({ kinds }: Judged): {
  take: (use: PackedUse, place: Place) => void
  replay: () => Replay
} {
  const cells = new Cells(kinds)
  const sets = new CellSets()
  const [ofHosts, ofPeople] = [new Map<number, number>(), new Map<string, number>()]
  return {
    take: (use, { bits, account }) => {
      const used = cells.add(use, bits)
      if (used.length === 0) return
      const withUsed = (set: number | undefined) =>
        used.reduce((known, cell) => sets.with(known, cell), set ?? NO_CELLS)
      ofHosts.set(use.hostId, withUsed(ofHosts.get(use.hostId)))
      if (account !== '0') ofPeople.set(account, withUsed(ofPeople.get(account)))
    },
    replay: () => ({ cells: cells.all, hosts: sets.count(ofHosts), people: sets.count(ofPeople) }),
  }
}

/** Cells as they are met. */
class Cells {
  readonly all: Cell[] = []
  private readonly classes: { all: KindClass[]; of: Int32Array }
  /** By the bits of host and account: the cell of each class of kinds, -1 = none yet. */
  private readonly byBits = new Map<number, Int32Array>()
  private readonly executions: Float64Array
  private readonly workingHours: Float64Array

  constructor(kinds: Judged['kinds']) {
    this.classes = toClasses(kinds)
    this.executions = new Float64Array(this.classes.all.length)
    this.workingHours = new Float64Array(this.classes.all.length)
  }

  /** Adds the use of an account on a host that these bits match; answers the places of its cells. */
  add(use: PackedUse, bits: number): number[] {
    const { executions, workingHours } = this
    const { of } = this.classes
    const { places, count } = use
    for (let at = 0; at < count; at++) {
      const kind = places[at] ?? -1
      if (kind < 0) continue
      const own = of[kind] ?? 0
      executions[own] = (executions[own] ?? 0) + executionsOf(use, at)
      workingHours[own] = (workingHours[own] ?? 0) + workingHoursOf(use, at)
    }
    return this.move(bits)
  }

  /** Takes what was added up by class to the cells. Whatever ran did so at least once. */
  private move(bits: number): number[] {
    const { executions, workingHours } = this
    const known = this.byBits.get(bits) ?? new Int32Array(executions.length).fill(-1)
    this.byBits.set(bits, known)
    const used: number[] = []
    for (let own = 0; own < executions.length; own++) {
      const added = executions[own] ?? 0
      if (added === 0) continue
      let place = known[own] ?? -1
      if (place < 0) {
        place = this.open(own, bits)
        known[own] = place
      }
      const cell = this.all[place]
      if (cell === undefined) continue
      cell.executions += added
      cell.workingHours += workingHours[own] ?? 0
      executions[own] = 0
      workingHours[own] = 0
      used.push(place)
    }
    return used
  }

  private open(at: number, bits: number): number {
    const { bits: own, ...kind } = this.classes.all[at] ?? NO_CLASS
    return this.all.push({ ...kind, bits: own | bits, executions: 0, workingHours: 0 }) - 1
  }
}

type KindClass = Omit<Cell, 'executions' | 'workingHours'>
const NO_CLASS: KindClass = { bits: 0, stopped: 0, unknown: 0, effect: 'refused' }

/** Kinds of use that nothing tells apart are one class. */
function toClasses({ bits, stopped, unknown, effect }: Judged['kinds']): {
  all: KindClass[]
  of: Int32Array
} {
  const all: KindClass[] = []
  const known = new Map<string, number>()
  const of = Int32Array.from(bits, (own, at) => {
    const one = {
      bits: own,
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

const NO_CELLS = 0

/** Sets of cells, a number each: a few sets are those of very many hosts and people. */
class CellSets {
  private readonly sets: number[][] = [[]]
  private readonly known = new Map<string, number>([['', NO_CELLS]])
  /** By set and cell: the set with that cell. */
  private readonly next: number[][] = [[]]

  with(set: number, cell: number): number {
    return this.next[set]?.[cell] ?? this.extend(set, cell)
  }

  /** How many have each set. */
  count(setOf: ReadonlyMap<unknown, number>): Profile[] {
    const counts = new Map<number, number>()
    for (const set of setOf.values()) counts.set(set, (counts.get(set) ?? 0) + 1)
    return [...counts].map(([set, count]) => ({ cells: this.sets[set] ?? [], count }))
  }

  private extend(set: number, cell: number): number {
    const cells = [...new Set([...(this.sets[set] ?? []), cell])].sort((a, b) => a - b)
    const key = cells.join()
    let extended = this.known.get(key)
    if (extended === undefined) {
      extended = this.sets.push(cells) - 1
      this.next.push([])
      this.known.set(key, extended)
    }
    const next = this.next[set]
    if (next !== undefined) next[cell] = extended
    return extended
  }
}

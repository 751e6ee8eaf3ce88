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
}

export type JudgedHost = { bits: number; groupId: number }

/** Adds use up to cells, as it is read. */
export function gatherReplay({ kinds, hosts, people }: Judged): {
  take: (use: PackedUse) => void
  replay: () => Replay
} {
  const cells = new Cells(kinds)
  const sets = new CellSets()
  const [ofHosts, ofPeople] = [new Map<number, number>(), new Map<string, number>()]
  return {
    take: (use) => {
      const { hostId, principalId, places, count } = use
      const host = hosts.get(hostId)
      if (host === undefined) return
      const bits = host.bits | (people.get(principalId) ?? 0)
      const known = cells.matching(bits)
      let ofHost = ofHosts.get(hostId) ?? NO_CELLS
      let ofPerson = ofPeople.get(principalId) ?? NO_CELLS
      for (let at = 0; at < count; at++) {
        const kind = places[at] ?? -1
        if (kind < 0) continue
        const cell = cells.add(known, bits, kind, executionsOf(use, at), workingHoursOf(use, at))
        ofHost = sets.with(ofHost, cell)
        ofPerson = sets.with(ofPerson, cell)
      }
      ofHosts.set(hostId, ofHost)
      if (principalId !== '0') ofPeople.set(principalId, ofPerson)
    },
    replay: () => ({ cells: cells.all, hosts: sets.count(ofHosts), people: sets.count(ofPeople) }),
  }
}

/** Cells as they are met. */
class Cells {
  readonly all: Cell[] = []
  private readonly classes: { all: KindClass[]; of: Int32Array }
  /** By the bits of host and account. */
  private readonly byBits = new Map<number, Int32Array>()

  constructor(kinds: Judged['kinds']) {
    this.classes = toClasses(kinds)
  }

  /** The cell of each class of kinds, used by an account and on a host that these bits match; -1 = none yet. */
  matching(bits: number): Int32Array {
    const known = this.byBits.get(bits) ?? new Int32Array(this.classes.all.length).fill(-1)
    this.byBits.set(bits, known)
    return known
  }

  /** Adds use of a kind to its cell among the known ones of these bits; answers the cell's place. */
  add(known: Int32Array, bits: number, kind: number, executions: number, workingHours: number): number {
    const at = this.classes.of[kind] ?? 0
    let place = known[at] ?? -1
    if (place < 0) {
      place = this.open(at, bits)
      known[at] = place
    }
    const cell = this.all[place]
    if (cell === undefined) return place
    cell.executions += executions
    cell.workingHours += workingHours
    return place
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

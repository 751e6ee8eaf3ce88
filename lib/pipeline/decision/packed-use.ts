/**
 * All of a binary's use by one account on one host. Each kind of it takes USE_BYTES in `packed` from `from` on, in the order of the kinds' ids: the id (8
 * bytes), executions, hours within working time and the last day since 1970 (4 bytes each), big-endian. It is gone when the next is read.
 */
export type PackedUse = {
  hostId: number
  /** '0' = not reported. */
  principalId: string
  packed: DataView
  from: number
  /** Where each kind stands among those asked for; -1 = nowhere. As many as `count` count. */
  places: Int32Array
  count: number
}

export const USE_BYTES = 20

export function executionsOf({ packed, from }: PackedUse, at: number): number {
  return packed.getInt32(from + at * USE_BYTES + 8)
}

export function workingHoursOf({ packed, from }: PackedUse, at: number): number {
  return packed.getInt32(from + at * USE_BYTES + 12)
}

export function lastDayOf({ packed, from }: PackedUse, at: number): number {
  return packed.getInt32(from + at * USE_BYTES + 16)
}

/** Half full at most. */
const SPACE = 2

/** Places of kinds of use by their ids, found in packed use without making a number of each: a hash table with linear probing. */
export class KindPlaces {
  private readonly mask: number
  /** Upper and lower half of the id, and its place + 1; 0 = free. */
  private readonly slots: Int32Array

  constructor(ids: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, ids.length) * SPACE))
    this.mask = size - 1
    this.slots = new Int32Array(size * 3)
    ids.forEach((id, place) => {
      const bits = BigInt.asUintN(64, BigInt(id))
      this.add(Number(bits >> 32n) | 0, Number(bits & 0xffff_ffffn) | 0, place)
    })
  }

  /** The place of the kind whose id's halves these are; -1 = not among the ids. */
  find(high: number, low: number): number {
    const { slots, mask } = this
    let slot = low & mask
    for (;;) {
      const place = (slots[slot * 3 + 2] ?? 0) - 1
      if (place < 0 || (slots[slot * 3 + 1] === low && slots[slot * 3] === high)) return place
      slot = (slot + 1) & mask
    }
  }

  private add(high: number, low: number, place: number): void {
    let slot = low & this.mask
    while (this.slots[slot * 3 + 2] !== 0) slot = (slot + 1) & this.mask
    this.slots.set([high, low, place + 1], slot * 3)
  }
}

/**
 * All of a binary's use by one account on one host: for each kind of use, in the order of its id, the id (8 bytes), executions, hours within working time
 * and the last day since 1970 (4 bytes each), big-endian.
 */
export type PackedUse = {
  hostId: number
  /** '0' = not reported. */
  principalId: string
  uses: Buffer
}

export const USE_BYTES = 20
export const EXECUTIONS_AT = 8
export const WORKING_HOURS_AT = 12
export const LAST_DAY_AT = 16

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

  /** The place of the kind that stands at `at`; -1 = not among the ids. */
  at(uses: Buffer, at: number): number {
    const [high, low] = [uses.readInt32BE(at), uses.readInt32BE(at + 4)]
    const { slots, mask } = this
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const place = (slots[slot * 3 + 2] ?? 0) - 1
      if (place < 0 || (slots[slot * 3] === high && slots[slot * 3 + 1] === low)) return place
    }
  }

  private add(high: number, low: number, place: number): void {
    let slot = low & this.mask
    while (this.slots[slot * 3 + 2] !== 0) slot = (slot + 1) & this.mask
    this.slots.set([high, low, place + 1], slot * 3)
  }
}

import type pg from 'pg'

/** Names of one generation; two are kept. */
const MOST = 100_000

/** Which rows are known to be in a database, by names that tell their tables too: of rows that are never taken out a hit holds for ever. */
class KnownRows {
  private young = new Set<string>()
  private old = new Set<string>()

  has(name: string): boolean {
    if (this.young.has(name)) return true
    if (!this.old.has(name)) return false
    this.add(name)
    return true
  }

  add(name: string): void {
    if (this.young.size >= MOST) {
      this.old = this.young
      this.young = new Set()
    }
    this.young.add(name)
  }
}

const known = new WeakMap<pg.Pool, KnownRows>()

export function knownRows(pool: pg.Pool): KnownRows {
  const rows = known.get(pool) ?? new KnownRows()
  known.set(pool, rows)
  return rows
}

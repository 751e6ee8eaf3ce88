import type pg from 'pg'
import { type Db, execute, sql } from './sql'

/** Tables with a partition a month. */
export const FACT_TABLES = ['execution', 'process', 'process_event', 'attempt', 'command_text'] as const
type FactTable = (typeof FACT_TABLES)[number]

const known = new Set<string>()

/** Makes the monthly partitions that rows of fact tables at these times (µs) need, before the transaction that writes them. */
export async function ensurePartitions(
  pool: pg.Pool,
  facts: readonly FactTable[],
  timesUs: Iterable<number>,
): Promise<void> {
  const months = new Set<string>()
  for (const us of timesUs) months.add(monthOf(us))
  for (const month of [...months].sort()) {
    for (const fact of facts) {
      const key = `${databaseOf(pool)} ${fact} ${month}`
      if (known.has(key)) continue
      await execute(pool, sql`SELECT make_partition(${fact}, ${month}::date)`)
      known.add(key)
    }
  }
}

const days = new Map<number, string>()
const DAY_US = 86_400_000_000

/** The first day of a time's month, 'YYYY-MM-01'. */
export function monthOf(us: number): string {
  const day = Math.floor(us / DAY_US)
  const known = days.get(day)
  if (known !== undefined) return known
  const month = `${new Date(us / 1000).toISOString().slice(0, 7)}-01`
  days.set(day, month)
  return month
}

function databaseOf(pool: pg.Pool): string {
  return pool.options.connectionString ?? ''
}

/** Lets the planner know of what was just imported: joins of a new month would walk it otherwise. */
export async function refreshStatistics(db: Db): Promise<void> {
  await execute(db, sql`SELECT analyze_facts()`)
}

import type pg from 'pg'
import { type Db, execute, sql } from './sql'

const known = new Set<string>()

/** Makes the monthly partitions that rows of fact tables at these times (µs) need, before the transaction that writes them. */
export async function ensurePartitions(
  pool: pg.Pool,
  facts: readonly ('execution' | 'process' | 'process_event' | 'attempt')[],
  timesUs: Iterable<number>,
): Promise<void> {
  const months = new Set<string>()
  for (const us of timesUs) months.add(new Date(us / 1000).toISOString().slice(0, 7))
  for (const month of [...months].sort()) {
    for (const fact of facts) {
      const key = `${databaseOf(pool)} ${fact} ${month}`
      if (known.has(key)) continue
      await execute(pool, sql`SELECT make_partition(${fact}, ${`${month}-01`}::date)`)
      known.add(key)
    }
  }
}

function databaseOf(pool: pg.Pool): string {
  return pool.options.connectionString ?? ''
}

/** Lets the planner know of what was just imported: joins of a new month would walk it otherwise. */
export async function refreshStatistics(db: Db): Promise<void> {
  await execute(db, sql`SELECT analyze_facts()`)
}

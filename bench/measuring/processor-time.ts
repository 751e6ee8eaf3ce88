import { readFileSync } from 'node:fs'
import type { Pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** Milliseconds by the clock, the best of some rounds, and of the processor, their mean: the machine has other work. */
export type Measure = { wall: number; database: number; own: number }

const ROUNDS = 5
/** Of the processor time in /proc (proc(5)): a hundredth of a second. */
const TICK_MS = 10

/** What it takes once it has been done, of a database on this machine and of a process, by default this one. */
export async function measured(pool: Pool, act: () => Promise<unknown>, pid = process.pid): Promise<Measure> {
  await act()
  let wall = Number.POSITIVE_INFINITY
  const rounds = async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      await act()
      wall = Math.min(wall, performance.now() - start)
    }
  }
  const { database, own } = await measuredOnce(pool, rounds, pid)
  return { wall, database: database / ROUNDS, own: own / ROUNDS }
}

/** What cannot be done again takes. */
export async function measuredOnce(
  pool: Pool,
  act: () => Promise<unknown>,
  pid = process.pid,
): Promise<Measure> {
  const before = { database: await databaseTime(pool), own: ownTime(pid), at: performance.now() }
  await act()
  return {
    wall: performance.now() - before.at,
    database: (await databaseTime(pool)) - before.database,
    own: ownTime(pid) - before.own,
  }
}

/** Of the processor, the database and the process together. */
export function processorOf({ database, own }: Measure): number {
  return database + own
}

/** Milliseconds of the processor that a process has had. */
function ownTime(pid: number): number {
  return timeAt(fieldsOf(pid), 11) * TICK_MS
}

/** Of all connections to the database, and of what ended before, parallel workers among them. */
async function databaseTime(pool: Pool): Promise<number> {
  const found = await rows<{ pid: number }>(
    pool,
    sql`SELECT pid FROM pg_stat_activity WHERE datname = current_database()`,
  )
  const [{ pid = 0 } = {}] = found
  const ended = fieldsOf(fieldsOf(pid)[1] ?? 0)
  const ticks = found.map(({ pid: one }) => fieldsOf(one)).reduce((sum, own) => sum + timeAt(own, 11), 0)
  return (ticks + timeAt(ended, 13)) * TICK_MS
}

function timeAt(fields: readonly number[], at: number): number {
  return (fields[at] ?? 0) + (fields[at + 1] ?? 0)
}

/** From the state of the process on: its parent is the second, user and system time the 12th and 13th, then those of children that ended. */
function fieldsOf(pid: number): number[] {
  // the name before may hold blanks
  return (readStat(pid).split(') ')[1] ?? '').split(' ').map(Number)
}

/** Of a process that ended meanwhile nothing: its time is its parent's now. */
function readStat(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}

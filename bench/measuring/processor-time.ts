import { readFileSync } from 'node:fs'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** Milliseconds by the clock, the best of some rounds, and of the processor, their mean: the machine has other work. */
export type Measure = { wall: number; database: number; own: number }

const ROUNDS = 5
/** Of the processor time in /proc (proc(5)): a hundredth of a second. */
const TICK_MS = 10

/** What it takes once it has been done, of a database on this machine and of this process. */
export async function measured(act: () => Promise<unknown>): Promise<Measure> {
  await act()
  let wall = Number.POSITIVE_INFINITY
  const { database, own } = await measuredOnce(async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now()
      await act()
      wall = Math.min(wall, performance.now() - start)
    }
  })
  return { wall, database: database / ROUNDS, own: own / ROUNDS }
}

/** What cannot be done again takes. Connections stay open meanwhile. */
export async function measuredOnce(act: () => Promise<unknown>): Promise<Measure> {
  const before = { database: await databaseTime(), own: process.cpuUsage(), at: performance.now() }
  await act()
  const { user, system } = process.cpuUsage(before.own)
  return {
    wall: performance.now() - before.at,
    database: (await databaseTime()) - before.database,
    own: (user + system) / 1000,
  }
}

/** Of all connections to the database, and of what ended before, parallel workers among them. */
async function databaseTime(): Promise<number> {
  const found = await rows<{ pid: number }>(
    pool(),
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
  return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ').map(Number)
}

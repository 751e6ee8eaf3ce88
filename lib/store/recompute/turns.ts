import type pg from 'pg'
import { LOCKS } from '@/lib/store/advisory-lock'
import { execute, rows, sql, transaction } from '@/lib/store/sql'
import type { DayOfWork } from './work-queue'

/** Offers a day's hosts to all workers, and wakes them; for whoever holds the lock of computing. */
export async function offerTurns(pool: pg.Pool, { day, turns }: DayOfWork): Promise<void> {
  await execute(
    pool,
    sql`INSERT INTO compute_turn (host_id, day) SELECT host_id, ${day}::date FROM unnest(${turns.map(({ hostId }) => hostId)}::int[]) AS host_id`,
  )
  await pool.query('NOTIFY cordon_work')
}

/**
 * Takes some of the hosts that are on offer and works on them; answers false when there are none. They are on offer again should this process
 * die on the way. With the revision of this moment: what another worker queued before it is computed too.
 */
export async function takeTurns(
  pool: pg.Pool,
  maxHosts: number,
  work: (day: DayOfWork) => Promise<void>,
): Promise<boolean> {
  return await transaction(pool, async (client) => {
    const taken = await rows<{ host_id: number; day: string; revision: string }>(
      client,
      sql`WITH taken AS (
            DELETE FROM compute_turn WHERE host_id IN (
              SELECT host_id FROM compute_turn ORDER BY host_id LIMIT ${maxHosts} FOR UPDATE SKIP LOCKED) RETURNING host_id, day)
          SELECT host_id, day, revision FROM taken JOIN host_work USING (host_id) ORDER BY host_id`,
    )
    const [first] = taken
    if (!first) return false
    await work({
      day: first.day,
      turns: taken.map(({ host_id, revision }) => ({ hostId: host_id, revision })),
    })
    return true
  })
}

/** Waits until nobody works on a turn; answers whether all are done. */
export async function awaitTurns(pool: pg.Pool): Promise<boolean> {
  return await transaction(pool, async (client) => {
    return (await rows(client, sql`SELECT FROM compute_turn ORDER BY host_id FOR UPDATE`)).length === 0
  })
}

/** Waits for those that are being worked on and takes back the rest: who offered them is gone. */
export async function forgetTurns(pool: pg.Pool): Promise<void> {
  await execute(pool, sql`DELETE FROM compute_turn`)
}

/**
 * From here to the end of the transaction no other worker writes what hosts share: items of the queue, prevalence, and who waits. Each then
 * sees what the one before it changed, and none removes an item that another is about to support.
 */
export async function oneAtATime(client: pg.PoolClient): Promise<void> {
  await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.fleet})`)
}

import type pg from 'pg'
import { lockHosts } from '@/lib/store/host-work'
import type { HostDay } from '@/lib/store/ingest/dirty-days'
import type { Pool } from '@/lib/store/pool'
import { readRetention } from '@/lib/store/retention'
import { execute, rows, sql, transaction } from '@/lib/store/sql'

/** Days of hosts that one step counts. */
const DAYS_A_STEP = 500

/** Marks days whose attempts changed. For whoever holds the hosts' locks: a mark cannot be lost to the worker's clearing. */
export async function queueAttemptDays(client: pg.PoolClient, days: readonly HostDay[]): Promise<void> {
  if (days.length === 0) return
  await execute(
    client,
    sql`INSERT INTO attempt_work (host_id, day)
        SELECT DISTINCT host_id, day FROM unnest(${days.map(({ hostId }) => hostId)}::int[], ${days.map(({ day }) => day)}::date[]) AS d(host_id, day)
        ORDER BY host_id, day ON CONFLICT DO NOTHING`,
  )
  await client.query('NOTIFY cordon_work')
}

/** Marks every day with attempts. */
export async function queueAllAttemptDays(client: pg.PoolClient): Promise<void> {
  await client.query(
    `INSERT INTO attempt_work (host_id, day) SELECT DISTINCT host_id, (occurred_at AT TIME ZONE 'UTC')::date FROM attempt
     ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
  )
}

/** Counts some marked days anew; answers false when none is marked. */
export async function countNextAttemptDays(pool: Pool): Promise<boolean> {
  return await transaction(pool, async (client) => {
    const due = await rows<{ host_id: number; day: string }>(
      client,
      sql`SELECT host_id, day FROM attempt_work ORDER BY host_id, day LIMIT ${DAYS_A_STEP}`,
    )
    if (due.length === 0) return false
    const { keptFrom } = await readRetention(client)
    const hostIds = due.map(({ host_id }) => host_id)
    const days = due.map(({ day }) => day)
    // what batches under way mark is either seen here or marked again
    await lockHosts(client, hostIds)
    const ofThem = sql`USING unnest(${hostIds}::int[], ${days}::date[]) AS d(host_id, day) WHERE t.host_id = d.host_id AND t.day = d.day`
    await execute(client, sql`DELETE FROM attempt_work t ${ofThem}`)
    // what was counted of attempts that are gone stays
    await execute(
      client,
      sql`DELETE FROM attempt_day t ${ofThem} AND t.day >= coalesce(${keptFrom}::date, t.day)`,
    )
    await execute(
      client,
      sql`INSERT INTO attempt_day (host_id, day, control, outcome, entry_id, attempts, first_at, last_at)
          SELECT d.host_id, d.day, a.control, a.outcome, coalesce(a.entry_id, ${NO_ENTRY}), count(*), min(a.occurred_at), max(a.occurred_at)
          FROM unnest(${hostIds}::int[], ${days}::date[]) AS d(host_id, day)
          CROSS JOIN LATERAL (
            SELECT control, outcome, entry_id, occurred_at FROM attempt WHERE host_id = d.host_id
              AND occurred_at >= d.day::timestamp AT TIME ZONE 'UTC' AND occurred_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC') a
          WHERE d.day >= coalesce(${keptFrom}::date, d.day) GROUP BY 1, 2, 3, 4, 5`,
    )
    return true
  })
}

/** In place of a catalogue entry: the attempt is of no proxy binary. */
const NO_ENTRY = 0

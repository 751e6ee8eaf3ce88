import type pg from 'pg'
import { ACTING_WINDOW, EARLY } from '@/lib/store/recompute/owner'
import { execute, rows, sql } from '@/lib/store/sql'

/** A day (YYYY-MM-DD) of a host that must be computed again. */
export type HostDay = { hostId: number; day: string }

/** The days on which fresh creations can change something: their own, and their parent's, whose children they are. */
export async function findFreshDays(
  client: pg.PoolClient,
  severalSensors: readonly number[],
): Promise<HostDay[]> {
  const found = await rows<{ host_id: number; day: string }>(
    client,
    // a parent of an earlier day can only be near midnight, unless the sensors' clocks are zones apart
    sql`SELECT f.host_id, (least(min(f.occurred_at), min(e.anchor_at)) AT TIME ZONE 'UTC')::date AS day
        FROM fresh_process f
        LEFT JOIN LATERAL (
          SELECT min(e.anchor_at) AS anchor_at FROM execution e
          WHERE (f.occurred_at::time < ${ACTING_WINDOW}::interval::time OR f.host_id = ANY(${[...severalSensors]}::int[]))
            AND e.host_id = f.host_id AND e.pid = f.parent_pid
            AND e.occurred_at > f.occurred_at - ${ACTING_WINDOW}::interval AND e.occurred_at <= f.occurred_at + ${EARLY}::interval) e ON true
        GROUP BY f.host_id`,
  )
  return found.map(({ host_id, day }) => ({ hostId: host_id, day }))
}

/** Every host is re-computed from the first of its days on. Sorted by host, like every writer of host_work. */
export async function queueDays(client: pg.PoolClient, days: readonly HostDay[]): Promise<void> {
  if (days.length === 0) return
  await execute(
    client,
    sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, min(day), 1 FROM unnest(${days.map(({ hostId }) => hostId)}::int[], ${days.map(({ day }) => day)}::date[]) AS d(host_id, day)
        GROUP BY host_id ORDER BY host_id
        ON CONFLICT (host_id) DO UPDATE SET dirty_from = least(host_work.dirty_from, excluded.dirty_from), revision = host_work.revision + 1`,
  )
  await client.query('NOTIFY cordon_work')
}

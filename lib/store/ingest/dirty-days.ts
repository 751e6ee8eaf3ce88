import type pg from 'pg'
import { FROM_THAT_DAY } from '@/lib/store/host-work'
import { toTimestamp } from '@/lib/store/pool'
import { ACTING_WINDOW, ACTING_WINDOW_US, EARLY } from '@/lib/store/recompute/owner'
import { execute, rows, sql } from '@/lib/store/sql'
import type { PlacedCreation } from './creation-row'

/** A day (YYYY-MM-DD) of a host that must be computed again. */
export type HostDay = { hostId: number; day: string }

/** The days on which fresh creations can change something: their own, and their parent's, whose children they are. */
export async function findFreshDays(
  client: pg.PoolClient,
  fresh: readonly PlacedCreation[],
  severalSensors: readonly number[],
): Promise<HostDay[]> {
  const several = new Set(severalSensors)
  const earliest = new Map<number, number>()
  for (const { host, creation } of fresh)
    earliest.set(
      host.hostId,
      Math.min(earliest.get(host.hostId) ?? Number.POSITIVE_INFINITY, creation.event.time.us),
    )
  // a parent of an earlier day can only be near midnight, unless the sensors' clocks are zones apart
  const children = fresh.filter(
    ({ host, creation: { event } }) =>
      event.parentPid !== null && (event.time.us % DAY_US < ACTING_WINDOW_US || several.has(host.hostId)),
  )
  const parents = children.length === 0 ? [] : await findParentsDays(client, children)
  return [...parents, ...[...earliest].map(([hostId, us]) => ({ hostId, day: toTimestamp(us).slice(0, 10) }))]
}

const DAY_US = 86_400_000_000

async function findParentsDays(
  client: pg.PoolClient,
  children: readonly PlacedCreation[],
): Promise<HostDay[]> {
  const found = await rows<{ host_id: number; day: string }>(
    client,
    sql`SELECT f.host_id, (min(e.anchor_at) AT TIME ZONE 'UTC')::date AS day
        FROM unnest(${children.map(({ host }) => host.hostId)}::int[], ${children.map(({ creation }) => creation.event.parentPid)}::bigint[],
          ${children.map(({ creation }) => toTimestamp(creation.event.time.us))}::timestamptz[]) AS f(host_id, parent_pid, occurred_at)
        CROSS JOIN LATERAL (
          SELECT min(e.anchor_at) AS anchor_at FROM execution e
          WHERE e.host_id = f.host_id AND e.pid = f.parent_pid
            AND e.occurred_at > f.occurred_at - ${ACTING_WINDOW}::interval AND e.occurred_at <= f.occurred_at + ${EARLY}::interval) e
        WHERE e.anchor_at IS NOT NULL GROUP BY f.host_id`,
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
        ${FROM_THAT_DAY}`,
  )
  await client.query('NOTIFY cordon_work')
}

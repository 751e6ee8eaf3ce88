import type pg from 'pg'
import { readRetention } from '@/lib/store/retention'
import { type HostScope, inScope } from '@/lib/store/scope'
import { type Db, empty, execute, findRow, join, raw, rows, type Sql, sql } from '@/lib/store/sql'
import { queueAllAttemptDays } from './attempt-days'
import { noteAllUseSince } from './refresh-use'

/** What days are computed from. */
const RECORDED_AT_TIMES = ['process', 'execution', 'process_event'] as const
/** What is replaced day by day, and must go where its facts went. */
const DERIVED_BY_DAY = ['usage', 'coverage', 'module_use', 'network_use', 'child_use'] as const

/** A host's turn: the revision is the one that was read, so that work arriving meanwhile is not cleared. */
export type HostTurn = { hostId: number; revision: string }
export type DayOfWork = { day: string; turns: HostTurn[] }

/**
 * The earliest day that any host waits for, and the hosts that wait for it; null when nothing waits. `newestSince`: the latest one from that day on, where
 * there is such a day.
 */
export async function findNextDay(db: Db, newestSince: string | null = null): Promise<DayOfWork | null> {
  const newest =
    newestSince === null
      ? empty
      : sql`(SELECT max(dirty_from) FROM host_work WHERE dirty_from >= ${newestSince}::date),`
  const found = await rows<{ host_id: number; revision: string; day: string }>(
    db,
    sql`SELECT host_id, revision, dirty_from AS day FROM host_work
        WHERE dirty_from = coalesce(${newest} (SELECT min(dirty_from) FROM host_work)) ORDER BY host_id`,
  )
  const day = found[0]?.day
  if (day === undefined) return null
  return { day, turns: found.map(({ host_id, revision }) => ({ hostId: host_id, revision })) }
}

/** Hosts of a scope that wait, and the days still to do as far as they are known: for progress. */
export async function countWork(
  db: Db,
  scope: HostScope = { kind: 'all' },
): Promise<{ hosts: number; from: string | null }> {
  const found = await findRow<{ hosts: string; day: string | null }>(
    db,
    sql`SELECT count(*) AS hosts, min(dirty_from) AS day FROM host_work w
        WHERE (dirty_from IS NOT NULL OR EXISTS (SELECT FROM host_move m WHERE w.host_id = m.to_id)
          OR EXISTS (SELECT FROM attempt_work a WHERE a.host_id = w.host_id)) ${inScope(scope, sql`w.host_id`)}`,
  )
  return { hosts: Number(found?.hosts ?? 0), from: found?.day ?? null }
}

/**
 * Moves each host on to its next day with anything recorded or derived, or clears it. A host whose revision moved meanwhile goes back to the first day that
 * came in since its last turn was finished, where that is earlier: what comes in for today does not keep it at a day of last month.
 */
export async function finishDay(client: pg.PoolClient, { day, turns }: DayOfWork): Promise<void> {
  const hostIds = turns.map(({ hostId }) => hostId)
  // in order, like every writer of host_work: two that lock them never wait for each other in a ring
  await execute(
    client,
    sql`SELECT FROM host_work WHERE host_id = ANY(${hostIds}::int[]) ORDER BY host_id FOR UPDATE`,
  )
  await execute(
    client,
    sql`WITH done AS (
          SELECT * FROM unnest(${hostIds}::int[], ${turns.map(({ revision }) => revision)}::bigint[]) AS t(host_id, revision)),
        next AS (
          SELECT host_id, revision, least(
            ${join(
              RECORDED_AT_TIMES.map(
                (table) => sql`(SELECT (min(p.occurred_at) AT TIME ZONE 'UTC')::date FROM ${raw(table)} p
              WHERE p.host_id = done.host_id AND p.occurred_at >= (${day}::date + 1)::timestamp AT TIME ZONE 'UTC')`,
              ),
            )},
            ${join(DERIVED_BY_DAY.map((table) => sql`(SELECT min(d.day) FROM ${raw(table)} d WHERE d.host_id = done.host_id AND d.day > ${day}::date)`))}) AS day
          FROM done)
        UPDATE host_work w SET queued_from = NULL,
          dirty_from = CASE WHEN w.revision = n.revision THEN n.day ELSE least(coalesce(w.queued_from, w.dirty_from), n.day) END
        FROM next n WHERE w.host_id = n.host_id`,
  )
}

/** Queues the hosts of a query of `host_id` and `day`, locked in order of hosts like every writer of host_work does. */
export function queueing(query: Sql): Sql {
  return sql`WITH later AS (${query}),
      locked AS (SELECT w.host_id, later.day FROM host_work w JOIN later ON later.host_id = w.host_id ORDER BY w.host_id FOR UPDATE OF w)
    UPDATE host_work w SET dirty_from = least(w.dirty_from, l.day), queued_from = least(w.queued_from, l.day), revision = w.revision + 1
    FROM locked l WHERE w.host_id = l.host_id`
}

/** Everything that is derived, and the day that each row is of. */
const DERIVED = [
  ...DERIVED_BY_DAY.map((table) => ({ table, day: 'day' })),
  { table: 'host_value', day: 'first_day' },
  ...['prevalence', 'deviation_hit', 'sigma_hit', 'attempt_day'].map((table) => ({
    table,
    day: 'day',
  })),
]

/** Queues everything again, from each host's first day; derived tables are emptied first. */
export async function queueEverything(client: pg.PoolClient): Promise<void> {
  const { keptFrom } = await readRetention(client)
  if (keptFrom === null)
    await client.query(
      `TRUNCATE ${[...DERIVED.map(({ table }) => table), 'host_use', 'host_days', 'use_day', 'use_stale'].join(', ')}`,
    )
  // what was derived of facts that are gone stays as it is
  else {
    await noteAllUseSince(client, keptFrom)
    for (const { table, day } of DERIVED)
      await client.query(`DELETE FROM ${table} WHERE ${day} >= $1::date`, [keptFrom])
  }
  await queueAllAttemptDays(client)
  await client.query(
    `INSERT INTO host_work (host_id, dirty_from, revision)
     SELECT host_id, (min(first_at) AT TIME ZONE 'UTC')::date, 1 FROM (
       ${RECORDED_AT_TIMES.map((table) => `SELECT host_id, min(occurred_at) AS first_at FROM ${table} GROUP BY host_id`).join(' UNION ALL ')}) AS facts
     GROUP BY host_id ORDER BY host_id
     ON CONFLICT (host_id) DO UPDATE SET dirty_from = excluded.dirty_from, queued_from = excluded.dirty_from, revision = host_work.revision + 1`,
  )
}

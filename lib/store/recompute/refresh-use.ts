import type pg from 'pg'
import { DEVIATION_FLOOR_MILLIBITS } from '@/lib/pipeline/deviation/weights'
import { DAYS_OF_KIND, PACKED, PACKED_DAYS, USE_OF_KIND } from '@/lib/store/packed-uses'
import type { Pool } from '@/lib/store/pool'
import { execute, rows, sql, transaction } from '@/lib/store/sql'

const HOSTS_A_STEP = 100
const DAYS_A_STEP = 5

/** Brings the rollups of use up to what is computed, for whoever holds the lock of computing; answers whether there was anything to do. */
export async function refreshUse(pool: Pool, isStopped: () => boolean = () => false): Promise<boolean> {
  let changed = false
  while (!isStopped() && (await transaction(pool, refreshSpans))) changed = true
  while (!isStopped() && (await transaction(pool, refreshDays))) changed = true
  return changed
}

/** Notes whose use is another and on which days, in the transaction that writes it, for `refreshUse`. */
export async function noteChangedUse(
  client: pg.PoolClient,
  hostIds: readonly number[],
  days: readonly string[],
): Promise<void> {
  if (hostIds.length === 0) return
  await execute(
    client,
    sql`INSERT INTO use_stale (host_id, day) SELECT host_id, NULL::date FROM unnest(${[...hostIds]}::int[]) AS host_id
        UNION ALL SELECT NULL, day FROM unnest(${[...days]}::date[]) AS day`,
  )
}

/** Notes all use from a day on, before it goes. */
export async function noteAllUseSince(client: pg.PoolClient, day: string): Promise<void> {
  await execute(
    client,
    sql`INSERT INTO use_stale (host_id, day) SELECT DISTINCT host_id, NULL::date FROM usage WHERE day >= ${day}::date
        UNION ALL SELECT DISTINCT NULL::int, day FROM usage WHERE day >= ${day}::date`,
  )
}

/** Takes the notes off first: a change that commits from here on leaves a new one. */
async function refreshSpans(client: pg.PoolClient): Promise<boolean> {
  const taken = await rows<{ host_id: number }>(
    client,
    sql`DELETE FROM use_stale WHERE host_id IN (
          SELECT DISTINCT host_id FROM use_stale WHERE host_id IS NOT NULL LIMIT ${HOSTS_A_STEP}) RETURNING host_id`,
  )
  const hostIds = [...new Set(taken.map(({ host_id }) => host_id))]
  if (hostIds.length === 0) return false
  await execute(client, sql`DELETE FROM host_use WHERE host_id = ANY(${hostIds}::int[])`)
  await execute(
    client,
    sql`INSERT INTO host_use (entry_id, host_id, principal_id, uses, executions, last_day)
        SELECT entry_id, host_id, principal_id, ${PACKED}, sum(executions), max(last_day) FROM (
          SELECT entry_id, host_id, principal_id, signature_id, ${USE_OF_KIND} FROM usage WHERE host_id = ANY(${hostIds}::int[])
          GROUP BY entry_id, host_id, principal_id, signature_id) kind
        GROUP BY entry_id, host_id, principal_id ORDER BY entry_id, host_id`,
  )
  await execute(client, sql`DELETE FROM host_days WHERE host_id = ANY(${hostIds}::int[])`)
  await execute(
    client,
    sql`INSERT INTO host_days (entry_id, host_id, principal_id, uses)
        SELECT entry_id, host_id, principal_id, ${PACKED_DAYS} FROM (
          SELECT entry_id, host_id, principal_id, signature_id, ${DAYS_OF_KIND} FROM usage WHERE host_id = ANY(${hostIds}::int[])
          GROUP BY entry_id, host_id, principal_id, signature_id) kind
        GROUP BY entry_id, host_id, principal_id ORDER BY entry_id, host_id`,
  )
  return true
}

async function refreshDays(client: pg.PoolClient): Promise<boolean> {
  const taken = await rows<{ day: string }>(
    client,
    sql`DELETE FROM use_stale WHERE day IN (
          SELECT DISTINCT day FROM use_stale WHERE day IS NOT NULL LIMIT ${DAYS_A_STEP}) RETURNING day`,
  )
  const days = [...new Set(taken.map(({ day }) => day))]
  if (days.length === 0) return false
  await execute(client, sql`DELETE FROM use_day WHERE day = ANY(${days}::date[])`)
  await execute(
    client,
    sql`INSERT INTO use_day (entry_id, day, group_id, signature_id, executions, deviating, hours, first_at, last_at, score_millibits)
        SELECT u.entry_id, u.day, coalesce(m.group_id, 0), u.signature_id, sum(u.executions),
          coalesce(sum(u.executions) FILTER (WHERE u.score_millibits >= ${DEVIATION_FLOOR_MILLIBITS}), 0), bit_or(u.hours), min(u.first_at),
          max(u.last_at), max(u.score_millibits)
        FROM usage u LEFT JOIN host_group_member m ON m.host_id = u.host_id AND m.valid_to IS NULL
        WHERE u.entry_id IN (SELECT id FROM catalogue_entry) AND u.day = ANY(${days}::date[])
        GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
  )
  return true
}

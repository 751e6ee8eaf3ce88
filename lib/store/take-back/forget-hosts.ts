import type pg from 'pg'
import { LOCKS } from '@/lib/store/advisory-lock'
import { FACTS } from '@/lib/store/ingest/overlap'
import { execute, findRow, join, raw, rows, type Sql, sql, transaction } from '@/lib/store/sql'

/** What is recorded of a host, and what is derived of it, by its id. */
const RECORDED = [...FACTS, 'raw_block', 'telemetry']
const DERIVED = [
  ...['coverage', 'usage', 'host_use', 'host_days', 'host_value', 'deviation_hit', 'sigma_hit'],
  ...['attempt_day', 'attempt_work', 'module_use', 'network_use', 'child_use'],
]
/** What people said of hosts by their ids. */
const SPEAKING = [
  { table: 'ruling', places: 'scope' },
  { table: 'incident', places: 'scope' },
  { table: 'decision', places: 'scope' },
  // an approval left some out
  { table: 'decision', places: 'proposed_scope' },
]
const HOSTS_A_STEP = 100

/** The hosts of an upload's days of which nothing is recorded any more; `h.id`. */
function emptied(uploadId: string): Sql {
  return sql`SELECT h.id FROM host h WHERE h.id IN (
      SELECT a.host_id FROM take_back_day t JOIN host_alias a ON a.id = t.alias_id WHERE t.upload_id = ${uploadId}::uuid)
    AND ${noneIn(RECORDED)}`
}

/** That tables have no row of host `h`. */
function noneIn(tables: readonly string[]): Sql {
  return join(
    tables.map((table) => sql`NOT EXISTS (SELECT FROM ${raw(table)} t WHERE t.host_id = h.id)`),
    ' AND ',
  )
}

/** Whether something waits to be computed of hosts of which an upload that was taken back left nothing. Others may always have something that waits. */
export async function isComputing(db: pg.Pool, uploadId: string): Promise<boolean> {
  const found = await findRow<{ waits: boolean }>(
    db,
    sql`WITH emptied AS MATERIALIZED (${emptied(uploadId)})
        SELECT EXISTS (SELECT FROM host_work w JOIN emptied e ON e.id = w.host_id WHERE w.dirty_from IS NOT NULL)
          OR EXISTS (SELECT FROM attempt_work w JOIN emptied e ON e.id = w.host_id)
          OR EXISTS (SELECT FROM use_stale s JOIN emptied e ON e.id = s.host_id) AS waits`,
  )
  return found?.waits ?? false
}

/**
 * Forgets the hosts of an upload that was taken back, once nothing is recorded or derived of them any more and nobody said anything of them: no group by hand, merge,
 * ruling, incident or decision. Answers how many went. A batch that found one before makes it anew.
 */
export async function forgetHosts(pool: pg.Pool, uploadId: string): Promise<number> {
  const found = await rows<{ id: number }>(pool, sql`${emptied(uploadId)} ORDER BY h.id`)
  const ids = found.map(({ id }) => id)
  let gone = 0
  for (let from = 0; from < ids.length; from += HOSTS_A_STEP)
    gone += await transaction(pool, (client) => forgetSome(client, ids.slice(from, from + HOSTS_A_STEP)))
  await execute(pool, sql`DELETE FROM take_back_day WHERE upload_id = ${uploadId}::uuid`)
  return gone
}

async function forgetSome(client: pg.PoolClient, hostIds: readonly number[]): Promise<number> {
  await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.hostNames})`)
  // waits for batches under way, which hold these rows
  await execute(
    client,
    sql`SELECT FROM host_work WHERE host_id = ANY(${[...hostIds]}::int[]) ORDER BY host_id FOR UPDATE`,
  )
  // and for who puts one into a group just now
  await execute(client, sql`SELECT FROM host WHERE id = ANY(${[...hostIds]}::int[]) ORDER BY id FOR UPDATE`)
  const empty = await rows<{ id: number }>(
    client,
    sql`SELECT h.id FROM host h WHERE h.id = ANY(${[...hostIds]}::int[])
          AND NOT EXISTS (SELECT FROM host_work w WHERE w.host_id = h.id AND w.dirty_from IS NOT NULL)
          AND ${noneIn([...RECORDED, ...DERIVED])}
          AND NOT EXISTS (SELECT FROM host m WHERE m.merged_into = h.id)
          AND NOT EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id AND a.pinned)
          AND NOT EXISTS (SELECT FROM host_move m WHERE h.id IN (m.from_id, m.to_id))
          AND NOT EXISTS (SELECT FROM host_group_member m WHERE m.host_id = h.id AND NOT m.by_rule)
          AND ${join(
            SPEAKING.map(
              ({ table, places }) =>
                sql`NOT EXISTS (SELECT FROM ${raw(table)} t WHERE t.${raw(places)} @> jsonb_build_object('kind', 'hosts', 'ids', jsonb_build_array(h.id)))`,
            ),
            ' AND ',
          )}
          AND NOT EXISTS (SELECT FROM decision d WHERE d.exceptions @> jsonb_build_array(jsonb_build_object('kind', 'host', 'id', h.id)))`,
  )
  const ids = empty.map(({ id }) => id)
  for (const table of ['host_group_member', 'host_alias', 'host_work'])
    await execute(client, sql`DELETE FROM ${raw(table)} WHERE host_id = ANY(${ids}::int[])`)
  return await execute(client, sql`DELETE FROM host WHERE id = ANY(${ids}::int[])`)
}

import type pg from 'pg'
import { canonicalHostName, groupHostNames, hostLabel } from '@/lib/pipeline/normalise/host-name'
import { type Db, execute, findRow, raw, rows, type Sql, sql, transaction } from './sql'

export type HostRef = { hostId: number; aliasId: number }

type AliasRow = { id: number; alias: string; host_id: number; pinned: boolean; host_name: string }

const HOST_NAMES_LOCK = 7_206_101

/**
 * Host and alias of each printed name, created when new. Names that turn out to be one machine are joined,
 * and a bare name that turns out to be ambiguous is separated; its facts move with it.
 */
export async function resolveHosts(pool: pg.Pool, printed: Iterable<string>): Promise<Map<string, HostRef>> {
  const canonical = new Map<string, string>()
  for (const name of printed) canonical.set(name, canonicalHostName(name))
  const wanted = [...new Set(canonical.values())].sort()
  let known = await findAliases(pool, wanted)
  if (known.size < wanted.length) {
    await transaction(pool, async (client) => {
      await execute(client, sql`SELECT pg_advisory_xact_lock(${HOST_NAMES_LOCK})`)
      await addNames(client, wanted)
    })
    known = await findAliases(pool, wanted)
  }
  const refs = new Map<string, HostRef>()
  for (const [name, alias] of canonical) {
    const ref = known.get(alias)
    if (ref) refs.set(name, ref)
  }
  return refs
}

async function findAliases(db: Db, aliases: readonly string[]): Promise<Map<string, HostRef>> {
  const found = await rows<Pick<AliasRow, 'id' | 'alias' | 'host_id'>>(
    db,
    sql`SELECT id, alias, host_id FROM host_alias WHERE alias = ANY(${[...aliases]}::text[])`,
  )
  return new Map(found.map((row) => [row.alias, { hostId: row.host_id, aliasId: row.id }]))
}

async function addNames(client: pg.PoolClient, names: readonly string[]): Promise<void> {
  const labels = [...new Set(names.map(hostLabel))]
  const existing = await rows<AliasRow>(
    client,
    sql`SELECT a.id, a.alias, a.host_id, a.pinned, h.name AS host_name FROM host_alias a JOIN host h ON h.id = a.host_id
        WHERE split_part(a.alias, '.', 1) = ANY(${labels}::text[]) OR a.alias = ANY(${labels}::text[])`,
  )
  const byAlias = new Map(existing.map((row) => [row.alias, row]))
  const free = new Set(names.filter((name) => !byAlias.get(name)?.pinned))
  for (const row of existing) if (!row.pinned) free.add(row.alias)
  for (const group of groupHostNames(free)) await settle(client, group, byAlias)
}

/** Gives one machine's names one host: the one already named after it, or a new one. */
async function settle(
  client: pg.PoolClient,
  group: readonly string[],
  byAlias: Map<string, AliasRow>,
): Promise<void> {
  const canonical = group[0]
  if (canonical === undefined) return
  const owners = group
    .map((name) => byAlias.get(name))
    .filter((row) => row !== undefined && group.includes(row.host_name))
  const hostId = owners[0]?.host_id ?? (await createHost(client, canonical))
  for (const name of group) {
    const row = byAlias.get(name)
    if (!row) await execute(client, sql`INSERT INTO host_alias (alias, host_id) VALUES (${name}, ${hostId})`)
    else if (row.host_id !== hostId) await rehomeAlias(client, row.id, row.host_id, hostId)
  }
  await execute(
    client,
    sql`UPDATE host SET name = ${canonical} WHERE id = ${hostId} AND name <> ${canonical}`,
  )
}

async function createHost(client: pg.PoolClient, name: string): Promise<number> {
  const created = await findRow<{ id: number }>(
    client,
    sql`INSERT INTO host (name) VALUES (${name}) RETURNING id`,
  )
  if (!created) throw new Error('a host was not created')
  await execute(client, sql`INSERT INTO host_work (host_id) VALUES (${created.id})`)
  return created.id
}

/** Tables whose rows follow the name that their record printed. */
const FACTS = ['execution', 'process', 'raw_block'] as const

/**
 * Moves everything recorded under one name to another host and queues both for re-computation.
 * A host that loses its last name goes.
 */
async function rehomeAlias(client: pg.PoolClient, aliasId: number, from: number, to: number): Promise<void> {
  const moved = await findRow<{ day: string | null }>(
    client,
    sql`SELECT (min(occurred_at) AT TIME ZONE 'UTC')::date AS day FROM process WHERE host_id = ${from} AND alias_id = ${aliasId}`,
  )
  await execute(client, sql`UPDATE host_alias SET host_id = ${to} WHERE id = ${aliasId}`)
  for (const table of FACTS)
    await execute(
      client,
      sql`UPDATE ${raw(table)} SET host_id = ${to} WHERE host_id = ${from} AND alias_id = ${aliasId}`,
    )
  if (moved?.day) await markDirty(client, [from, to], moved.day)
  await execute(
    client,
    sql`UPDATE host_work t SET sensors = t.sensors | f.sensors FROM host_work f WHERE t.host_id = ${to} AND f.host_id = ${from}`,
  )
  await execute(
    client,
    sql`DELETE FROM host_group_member m WHERE m.host_id = ${from} AND NOT EXISTS (SELECT 1 FROM host_alias a WHERE a.host_id = ${from})`,
  )
  await execute(
    client,
    sql`UPDATE host SET name = (SELECT alias FROM host_alias WHERE host_id = ${from} ORDER BY length(alias) DESC, alias LIMIT 1)
        WHERE id = ${from} AND EXISTS (SELECT 1 FROM host_alias WHERE host_id = ${from})`,
  )
}

/** Queues hosts for re-computation from a day on. Sorted by host, so that two writers never wait for each other in a ring. */
export async function markDirty(client: Db, hostIds: readonly number[], day: string): Promise<void> {
  await execute(client, markingDirty(hostIds, day))
}

/** The statement of `markDirty`, for transactions that are not of pg. */
export function markingDirty(hostIds: readonly number[], day: string): Sql {
  return sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, ${day}::date, 1 FROM unnest(${[...hostIds].sort((a, b) => a - b)}::int[]) AS host_id
        ON CONFLICT (host_id) DO UPDATE SET dirty_from = least(host_work.dirty_from, excluded.dirty_from), revision = host_work.revision + 1`
}

import type pg from 'pg'
import { canonicalHostName, groupHostNames, hostLabel } from '@/lib/pipeline/normalise/host-name'
import { LOCKS } from './advisory-lock'
import { FROM_THAT_DAY } from './host-work'
import { type Db, execute, findRow, rows, type Sql, sql, transaction } from './sql'

export type HostRef = { hostId: number; aliasId: number }

type AliasRow = { id: number; alias: string; host_id: number; pinned: boolean; host_name: string }

/**
 * Host and alias of each printed name, created when new. Names that turn out to be one machine are joined,
 * and a bare name that turns out to be ambiguous is separated; its facts follow it. What an administrator pinned stays.
 */
export async function resolveHosts(pool: pg.Pool, printed: Iterable<string>): Promise<Map<string, HostRef>> {
  const canonical = new Map<string, string>()
  for (const name of printed) canonical.set(name, canonicalHostName(name))
  const wanted = [...new Set(canonical.values())].sort()
  let known = await findAliases(pool, wanted)
  if (known.size < wanted.length) {
    await transaction(pool, async (client) => {
      await execute(client, sql`SELECT pg_advisory_xact_lock(${LOCKS.hostNames})`)
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

/** The same of names that are all known; null where one is new. */
export async function findHosts(
  pool: pg.Pool,
  printed: Iterable<string>,
): Promise<Map<string, HostRef> | null> {
  const canonical = new Map([...printed].map((name) => [name, canonicalHostName(name)]))
  const known = await findAliases(pool, [...new Set(canonical.values())])
  const refs = new Map<string, HostRef>()
  for (const [name, alias] of canonical) {
    const ref = known.get(alias)
    if (ref === undefined) return null
    refs.set(name, ref)
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
  // names that nothing stored resembles are new machines; a fleet's first day brings thousands of them
  const resembled = new Set(existing.map(({ alias }) => hostLabel(alias)))
  const groups = [...groupHostNames(new Set([...names, ...byAlias.keys()]))]
  const isNew = (group: readonly string[]) => group.every((name) => !resembled.has(hostLabel(name)))
  await createHosts(client, groups.filter(isNew))
  let hasMoved = false
  for (const group of groups) if (!isNew(group)) hasMoved = await settle(client, group, byAlias, hasMoved)
}

/** A host for each group of names, called after its first. */
async function createHosts(client: pg.PoolClient, groups: readonly (readonly string[])[]): Promise<void> {
  if (groups.length === 0) return
  const named = groups.flatMap((group) => group.map((alias) => ({ alias, host: group[0] ?? alias })))
  await execute(
    client,
    sql`WITH named AS (
          SELECT * FROM unnest(${named.map(({ alias }) => alias)}::text[], ${named.map(({ host }) => host)}::text[]) AS n(alias, host)),
        made AS (
          INSERT INTO host (name) SELECT DISTINCT host FROM named ORDER BY host ON CONFLICT (name) DO UPDATE SET merged_into = NULL
          RETURNING id, name),
        work AS (INSERT INTO host_work (host_id) SELECT id FROM made ON CONFLICT DO NOTHING)
        INSERT INTO host_alias (alias, host_id) SELECT n.alias, m.id FROM named n JOIN made m ON m.name = n.host ORDER BY m.id, n.alias`,
  )
}

/**
 * Gives one machine's names one host: the one an administrator gave to some of them, the one already named after it, or a new one.
 * `hasMoved`: a name went from one host to another since `byAlias` was read, so hosts' names may be others than it says. Answers whether one has now.
 */
async function settle(
  client: pg.PoolClient,
  group: readonly string[],
  byAlias: ReadonlyMap<string, AliasRow>,
  hasMoved: boolean,
): Promise<boolean> {
  const known = group.flatMap((name) => byAlias.get(name) ?? [])
  const pinned = known.filter((row) => row.pinned)
  const free = group.filter((name) => !byAlias.get(name)?.pinned)
  const [canonical] = free
  if (canonical === undefined) return hasMoved
  const decided = new Set(pinned.map((row) => row.host_id)).size === 1 ? pinned[0]?.host_id : undefined
  const named = known.find((row) => !row.pinned && group.includes(row.host_name))
  const hostId = decided ?? named?.host_id ?? (await createHost(client, canonical))
  let moves = hasMoved
  for (const name of free) {
    const row = byAlias.get(name)
    if (!row) await execute(client, sql`INSERT INTO host_alias (alias, host_id) VALUES (${name}, ${hostId})`)
    else if (row.host_id !== hostId) {
      await moveAlias(client, row.id, row.host_id, hostId)
      moves = true
    }
  }
  // most hosts are called so already: with a thousand of them a look at each would cost more than the batch that brings a new one
  const isNamed = named === undefined || named.host_name === canonical
  if (decided === undefined && (moves || !isNamed)) await renameHost(client, hostId, canonical)
  return moves
}

/** A host of this name: one that lost all its names to another is taken up again. */
async function createHost(client: pg.PoolClient, name: string): Promise<number> {
  const created = await findRow<{ id: number }>(client, creatingHost(name))
  if (!created) throw new Error('a host was not created')
  return created.id
}

/** The statement that makes a host, or takes up the one of this name that has lost its names; answers its `id`. */
export function creatingHost(name: string): Sql {
  return sql`WITH host_made AS (
      INSERT INTO host (name) VALUES (${name}) ON CONFLICT (name) DO UPDATE SET merged_into = NULL RETURNING id),
    work AS (INSERT INTO host_work (host_id) SELECT id FROM host_made ON CONFLICT DO NOTHING)
    SELECT id FROM host_made`
}

async function renameHost(client: pg.PoolClient, hostId: number, name: string): Promise<void> {
  for (const statement of renamingHost(hostId, name)) await execute(client, statement)
}

/** The statements that rename a host; one without names that is called so makes room. */
export function renamingHost(hostId: number, name: string): Sql[] {
  return [
    sql`UPDATE host h SET name = h.name || ' (former ' || h.id || ')' WHERE h.name = ${name} AND h.id <> ${hostId}
          AND NOT EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id)`,
    sql`UPDATE host SET name = ${name} WHERE id = ${hostId} AND name <> ${name}`,
  ]
}

/** Gives a name to another host. The worker moves what was recorded under it; a host that loses its last name is the other one from now on. */
async function moveAlias(client: pg.PoolClient, aliasId: number, from: number, to: number): Promise<void> {
  await execute(client, sql`UPDATE host_alias SET host_id = ${to} WHERE id = ${aliasId}`)
  await execute(
    client,
    sql`INSERT INTO host_move (alias_id, from_id, to_id) VALUES (${aliasId}, ${from}, ${to})`,
  )
  const left = await findRow<{ alias: string }>(
    client,
    sql`SELECT alias FROM host_alias WHERE host_id = ${from} ORDER BY length(alias) DESC, alias LIMIT 1`,
  )
  if (left) await renameHost(client, from, left.alias)
  else await execute(client, sql`UPDATE host SET merged_into = ${to} WHERE id = ${from}`)
}

/** A batch must find its hosts again: names moved while it was on its way. */
export class HostsMoved extends Error {}

/**
 * Checks, once a batch holds its hosts' work rows, that the names it resolved before are still theirs. Whoever moves a name's facts takes the
 * same rows first, so nothing is written where nobody looks for it any more.
 * @throws HostsMoved
 */
export async function ensureUnmoved(client: pg.PoolClient, hosts: Iterable<HostRef>): Promise<void> {
  const refs = [...hosts]
  const moved = await findRow<{ moved: boolean }>(
    client,
    sql`SELECT EXISTS (SELECT FROM unnest(${refs.map(({ aliasId }) => aliasId)}::int[], ${refs.map(({ hostId }) => hostId)}::int[]) AS r(alias_id, host_id)
          LEFT JOIN host_alias a ON a.id = r.alias_id AND a.host_id = r.host_id WHERE a.id IS NULL) AS moved`,
  )
  if (moved?.moved) throw new HostsMoved('names of hosts moved meanwhile')
}

/**
 * The statement that has every host take its day again whose turn is just being computed: it may have read what changed before. Locks in
 * order of hosts, like every writer of host_work.
 */
export const takingDaysAgain: Sql = sql`WITH waiting AS (SELECT host_id FROM host_work WHERE dirty_from IS NOT NULL ORDER BY host_id FOR UPDATE)
    UPDATE host_work w SET revision = w.revision + 1, queued_from = least(w.queued_from, w.dirty_from) FROM waiting WHERE w.host_id = waiting.host_id`

/** Queues hosts for re-computation from a day on. Sorted by host, so that two writers never wait for each other in a ring. */
export async function markDirty(client: Db, hostIds: readonly number[], day: string): Promise<void> {
  await execute(client, markingDirty(hostIds, day))
}

/** The statement of `markDirty`, for transactions that are not of pg. */
export function markingDirty(hostIds: readonly number[], day: string): Sql {
  return sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, ${day}::date, 1 FROM unnest(${[...hostIds].sort((a, b) => a - b)}::int[]) AS host_id
        ${FROM_THAT_DAY}`
}

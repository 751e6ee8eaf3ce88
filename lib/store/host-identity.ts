import type { HostNow, Placed } from '@/lib/pipeline/decision/scope'
import { LOCKS } from './advisory-lock'
import { creatingHost, renamingHost } from './hosts'
import { executeIn, type PrismaTransaction } from './prisma'
import { type Db, rows, sql } from './sql'

type Named = { id: number; name: string }

/** Hosts that have names, by id; locked against changes of names by others until the transaction ends. */
export async function lockNamedHosts(tx: PrismaTransaction, ids: readonly number[]): Promise<Named[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.hostNames}::bigint)`
  return await tx.$queryRaw<Named[]>`
    SELECT h.id, h.name FROM host h WHERE h.id = ANY(${[...ids]}::int[])
      AND EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ORDER BY h.id`
}

/** How many hosts were merged into some hosts: another number after these are locked, and others merged or split one of them meanwhile. */
export async function countMergedInto(
  db: Pick<PrismaTransaction, 'host'>,
  ids: readonly number[],
): Promise<number> {
  return await db.host.count({ where: { mergedInto: { in: [...ids] } } })
}

/**
 * Gives all names of hosts to another one and pins them. The emptied hosts stay, as names of the past: what was ruled for them holds for the
 * other one, and a split takes them up again. Answers the names.
 */
export async function giveAllNames(
  tx: PrismaTransaction,
  fromIds: readonly number[],
  toId: number,
): Promise<string[]> {
  const from = [...fromIds]
  const names = await tx.$queryRaw<{ alias: string }[]>`
    WITH names AS (SELECT id, alias, host_id FROM host_alias WHERE host_id = ANY(${from}::int[])),
      moves AS (INSERT INTO host_move (alias_id, from_id, to_id) SELECT id, host_id, ${toId}::int FROM names ORDER BY id)
    UPDATE host_alias a SET host_id = ${toId}::int, pinned = true FROM names n WHERE a.id = n.id RETURNING a.alias`
  await tx.$executeRaw`UPDATE host_alias SET pinned = true WHERE host_id = ${toId}::int`
  await tx.$executeRaw`UPDATE host SET merged_into = ${toId}::int WHERE id = ANY(${from}::int[]) OR merged_into = ANY(${from}::int[])`
  await tx.$executeRaw`NOTIFY cordon_work`
  return names.map(({ alias }) => alias).sort()
}

/**
 * Gives some names of a host to a host of their own and pins them, and those that stay. The new host is the one that was merged before, or begins
 * in the same groups. Answers it; null when the host lacks one of the names or would keep none.
 */
export async function giveSomeNames(
  tx: PrismaTransaction,
  fromId: number,
  names: readonly string[],
): Promise<Named | null> {
  const owned = await tx.hostAlias.findMany({ where: { hostId: fromId }, select: { alias: true } })
  const parted = partNames(
    owned.map(({ alias }) => alias),
    names,
  )
  if (parted === null) return null
  const { stays, leaves, leaving } = parted
  const host = await tx.host.findUnique({ where: { id: fromId }, select: { name: true } })
  if (!host || leaving.includes(host.name))
    for (const statement of renamingHost(fromId, stays)) await executeIn(tx, statement)
  const id = await takeUpHost(tx, leaves, fromId)
  await tx.$executeRaw`
    WITH names AS (SELECT id FROM host_alias WHERE host_id = ${fromId}::int AND alias = ANY(${leaving}::text[])),
      moves AS (INSERT INTO host_move (alias_id, from_id, to_id) SELECT id, ${fromId}::int, ${id}::int FROM names ORDER BY id)
    UPDATE host_alias a SET host_id = ${id}::int FROM names n WHERE a.id = n.id`
  await tx.$executeRaw`UPDATE host_alias SET pinned = true WHERE host_id = ANY(${[fromId, id]}::int[])`
  await tx.$executeRaw`NOTIFY cordon_work`
  return { id, name: leaves }
}

/** The host that keeps its other names, and the one that some become, each with its name and group after the split. */
export type ForeseenSplit = { from: PlacedName; to: PlacedName }
type PlacedName = Placed & { name: string }

/** A host that the split makes has no id before it. */
const NEW_HOST = -1

/** What giveSomeNames is going to make of it, were it done now; null where it would refuse. */
export async function foreseeSplit(
  db: Db,
  fromId: number,
  names: readonly string[],
): Promise<ForeseenSplit | null> {
  const [from] = await rows<{ name: string; groupId: number | null; aliases: string[] }>(
    db,
    sql`SELECT h.name, (SELECT group_id FROM host_group_member WHERE host_id = h.id AND valid_to IS NULL) AS "groupId",
          ARRAY(SELECT alias FROM host_alias WHERE host_id = h.id) AS aliases FROM host h WHERE h.id = ${fromId}`,
  )
  const parted = from ? partNames(from.aliases, names) : null
  if (from === undefined || parted === null) return null
  const { stays, leaves } = parted
  const [known] = await rows<{ id: number; groupId: number | null; isPlaced: boolean }>(
    db,
    sql`SELECT h.id, (SELECT group_id FROM host_group_member WHERE host_id = h.id AND valid_to IS NULL) AS "groupId",
          EXISTS (SELECT FROM host_group_member WHERE host_id = h.id) AS "isPlaced" FROM host h WHERE h.name = ${leaves}`,
  )
  const name = names.includes(from.name) ? stays : from.name
  return {
    from: { hostId: fromId, name, groupId: from.groupId },
    to: {
      hostId: known?.id ?? NEW_HOST,
      name: leaves,
      groupId: known?.isPlaced ? known.groupId : from.groupId,
    },
  }
}

async function takeUpHost(tx: PrismaTransaction, name: string, likeId: number): Promise<number> {
  const made = creatingHost(name)
  const [host] = await tx.$queryRawUnsafe<{ id: number }[]>(made.text, ...made.values)
  if (!host) throw new Error('a host was not created')
  await tx.$executeRaw`
    INSERT INTO host_group_member (host_id, group_id, valid_from, valid_to)
    SELECT ${host.id}::int, group_id, valid_from, valid_to FROM host_group_member
    WHERE host_id = ${likeId}::int AND NOT EXISTS (SELECT FROM host_group_member WHERE host_id = ${host.id}::int)`
  return host.id
}

/** By which of its names a host is called that some leave, and by which the host that they make; null where one is not its own, or none would stay. */
function partNames(owned: readonly string[], names: readonly string[]) {
  const staying = owned.filter((alias) => !names.includes(alias))
  const leaving = [...new Set(names)]
  const [stays, leaves] = [longest(staying), longest(leaving)]
  if (stays === undefined || leaves === undefined || staying.length + leaving.length !== owned.length)
    return null
  return { stays, leaves, leaving }
}

function longest(names: readonly string[]): string | undefined {
  return [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))[0]
}

/** Which host each one is now. */
export async function loadHostNow(db: Db): Promise<HostNow> {
  const merged = await rows<{ id: number; merged_into: number }>(
    db,
    sql`SELECT id, merged_into FROM host WHERE merged_into IS NOT NULL`,
  )
  const into = new Map(merged.map((row) => [row.id, row.merged_into]))
  return (id) => into.get(id) ?? id
}

import { type Db, execute, findRow, rows, sql } from './sql'

/** The group each host belonged to on a day; hosts without one are missing. */
export async function loadGroupsOn(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<Map<number, number>> {
  const found = await rows<{ host_id: number; group_id: number }>(
    db,
    sql`SELECT host_id, group_id FROM host_group_member WHERE host_id = ANY(${[...hostIds]}::int[])
        AND valid_from <= ${day}::date AND (valid_to IS NULL OR valid_to > ${day}::date)`,
  )
  return new Map(found.map(({ host_id, group_id }) => [host_id, group_id]))
}

/** The group of this name, made when missing. */
export async function ensureGroup(db: Db, name: string): Promise<number> {
  const group = await findRow<{ id: number }>(
    db,
    sql`INSERT INTO host_group (name) VALUES (${name}) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id`,
  )
  if (!group) throw new Error('a host group was not made')
  return group.id
}

/** Puts a host that never had a group into one, from the beginning of time; false when it has one. */
export async function joinGroup(db: Db, hostId: number, groupId: number): Promise<boolean> {
  const joined = await execute(
    db,
    sql`INSERT INTO host_group_member (host_id, group_id, valid_from)
        SELECT ${hostId}, ${groupId}, '1970-01-01' WHERE NOT EXISTS (SELECT 1 FROM host_group_member WHERE host_id = ${hostId})`,
  )
  return joined === 1
}

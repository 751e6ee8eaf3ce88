import { type Db, rows, sql } from './sql'

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

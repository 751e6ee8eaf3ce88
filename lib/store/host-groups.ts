import { FROM_THAT_DAY } from './host-work'
import { executeIn, type PrismaTransaction } from './prisma'
import { sql } from './sql'

/**
 * Puts hosts into a group from a day on (null = into none), and queues them for re-computation from that day.
 * Earlier days keep the group they had; out of any group, name patterns decide. Hosts that are in it already stay as they are. Answers the hosts that changed.
 */
export async function moveHosts(
  tx: PrismaTransaction,
  hostIds: readonly number[],
  groupId: number | null,
  day: string,
): Promise<number[]> {
  const ids = [...hostIds]
  const moving = await tx.$queryRaw<{ id: number }[]>`
    SELECT h.id FROM host h WHERE h.id = ANY(${ids}::int[]) AND (
      SELECT m.group_id FROM host_group_member m WHERE m.host_id = h.id AND m.valid_to IS NULL AND NOT m.by_rule) IS DISTINCT FROM ${groupId}::int
    ORDER BY h.id FOR UPDATE`
  const moved = moving.map(({ id }) => id)
  if (moved.length === 0) return []
  await tx.$executeRaw`DELETE FROM host_group_member WHERE host_id = ANY(${moved}::int[]) AND valid_from >= ${day}::date`
  await tx.$executeRaw`UPDATE host_group_member SET valid_to = ${day}::date
    WHERE host_id = ANY(${moved}::int[]) AND (valid_to IS NULL OR valid_to > ${day}::date)`
  if (groupId !== null)
    await tx.$executeRaw`INSERT INTO host_group_member (host_id, group_id, valid_from)
      SELECT id, ${groupId}::int, ${day}::date FROM unnest(${moved}::int[]) AS id`
  await executeIn(
    tx,
    sql`INSERT INTO host_work (host_id, dirty_from, revision)
    SELECT id, ${day}::date, 1 FROM unnest(${moved}::int[]) AS id ORDER BY id ${FROM_THAT_DAY}`,
  )
  await tx.$executeRaw`NOTIFY cordon_work`
  return moved
}

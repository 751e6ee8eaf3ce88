import type pg from 'pg'
import { rows, type Sql, sql } from './sql'

/**
 * The end of a statement that queues hosts, `INSERT INTO host_work (host_id, dirty_from, revision) …`: each waits from that day on at least, and whoever
 * computes one of its days just now learns which days came in meanwhile.
 */
export const FROM_THAT_DAY: Sql = sql`ON CONFLICT (host_id) DO UPDATE SET dirty_from = least(host_work.dirty_from, excluded.dirty_from),
    queued_from = least(host_work.queued_from, excluded.dirty_from), revision = host_work.revision + 1`

/** Waits for batches under way, which hold these rows, and holds them too. Answers each host's sensors, as bits. */
export async function lockHosts(
  client: pg.PoolClient,
  hostIds: readonly number[],
): Promise<{ host_id: number; sensors: number }[]> {
  return await rows(
    client,
    sql`INSERT INTO host_work (host_id) SELECT DISTINCT host_id FROM unnest(${[...hostIds]}::int[]) AS host_id ORDER BY 1
        ON CONFLICT (host_id) DO UPDATE SET revision = host_work.revision RETURNING host_id, sensors`,
  )
}

export function isSeveral(bits: number): boolean {
  return (bits & (bits - 1)) !== 0
}

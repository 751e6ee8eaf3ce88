import { type Sql, sql } from './sql'

/**
 * The end of a statement that queues hosts, `INSERT INTO host_work (host_id, dirty_from, revision) …`: each waits from that day on at least, and whoever
 * computes one of its days just now learns which days came in meanwhile.
 */
export const FROM_THAT_DAY: Sql = sql`ON CONFLICT (host_id) DO UPDATE SET dirty_from = least(host_work.dirty_from, excluded.dirty_from),
    queued_from = least(host_work.queued_from, excluded.dirty_from), revision = host_work.revision + 1`

import type pg from 'pg'
import { execute, type Sql, sql } from './sql'

/** Records of one process lie up to this far apart: a zone's shift on either side of the one between them. */
const DAYS_APART = 3

/**
 * Has a host's records stand for themselves whose process was stood for by an execution of `gone` (a relation of ids), recorded on a day: until they find another
 * partner. Adds them to `fresh_execution` (host_id, pid, occurred_at).
 */
export async function release(client: pg.PoolClient, hostId: number, day: string, gone: Sql): Promise<void> {
  await execute(
    client,
    sql`WITH released AS (
          UPDATE execution e SET anchor_id = e.id, anchor_at = e.occurred_at
          WHERE e.host_id = ${hostId} AND e.anchor_id <> e.id AND e.anchor_id IN (SELECT id FROM ${gone})
            AND e.occurred_at >= (${day}::date - ${DAYS_APART}::int)::timestamp AT TIME ZONE 'UTC'
            AND e.occurred_at < (${day}::date + 1 + ${DAYS_APART}::int)::timestamp AT TIME ZONE 'UTC'
          RETURNING e.host_id, e.pid, e.occurred_at)
        INSERT INTO fresh_execution SELECT * FROM released`,
  )
}

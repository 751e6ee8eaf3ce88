import { EVENT } from '@/lib/store/recompute/day-actions'
import { ownerOf } from '@/lib/store/recompute/owner'
import { type Db, execute, sql } from '@/lib/store/sql'

/** Days that an event waits for the creation of a process that may be a renamed proxy binary. */
const WAITING_DAYS = 7
/** Rows looked at a step, so that no statement holds much. */
const STEP = 5_000

/**
 * Forgets events that were kept in case they belong to a renamed copy, and that no execution has claimed within a week of their import.
 * `now` is the present, ISO 8601. Nothing derived reads them. Answers how many went; call again while it is a whole step.
 */
export async function forgetUnclaimed(db: Db, now: string): Promise<{ gone: number; more: boolean }> {
  const gone = await execute(
    db,
    sql`WITH old AS MATERIALIZED (
          SELECT f.host_id, f.occurred_at, f.id FROM process_event f JOIN import_file i ON i.id = f.import_file_id
          WHERE NOT f.by_name AND i.created_at < ${now}::timestamptz - ${WAITING_DAYS}::int * interval '1 day'
            AND NOT EXISTS (${ownerOf(EVENT)}) LIMIT ${STEP})
        DELETE FROM process_event d USING old
        WHERE d.host_id = old.host_id AND d.occurred_at = old.occurred_at AND d.id = old.id`,
  )
  return { gone, more: gone === STEP }
}

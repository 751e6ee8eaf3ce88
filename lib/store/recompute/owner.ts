import { raw, type Sql, sql } from '@/lib/store/sql'

/** What a process does within this time of its start belongs to its execution. */
export const ACTING_WINDOW = '1 hour'
export const ACTING_WINDOW_US = 3_600_000_000
/** Sensors stamp an event up to this much before the creation it follows. */
export const EARLY = '5 seconds'
/** A process that started longer ago is not looked for: its partition may be gone, and its process id has long been used again. */
export const PID_REUSE = '90 days'

/** Columns of an event that tell whose it is. */
export type Followed = { hostId: string; pid: string; guid: string; at: string; fileName: string }

/**
 * The execution that an event belongs to, as a query of at most one row (e.*): of the same guid; where the event or the execution has none, the last one
 * of its process id and file name that had started. A function of the stored facts, whatever their order of arrival.
 */
export function ownerOf({ hostId, pid, guid, at, fileName }: Followed): Sql {
  const [h, p, g, t, f] = [hostId, pid, guid, at, fileName].map((column) => raw(column)) as [
    Sql,
    Sql,
    Sql,
    Sql,
    Sql,
  ]
  return sql`SELECT e.host_id, e.occurred_at, e.id, e.anchor_at, e.anchor_id, e.entry_id FROM execution e JOIN image ei ON ei.id = e.image_id
    WHERE e.host_id = ${h} AND e.pid = ${p}
      AND e.occurred_at > ${t} - ${PID_REUSE}::interval AND e.occurred_at <= ${t} + ${EARLY}::interval
      AND CASE WHEN ${g} IS NULL OR e.process_guid IS NULL THEN ${f} IS NULL OR ei.file_name = ${f} ELSE e.process_guid = ${g} END
    ORDER BY e.process_guid = ${g} DESC NULLS LAST, e.occurred_at DESC, e.id LIMIT 1`
}

import type { Hashes } from '@/lib/pipeline/event/event'
import type { MergedFields } from '@/lib/pipeline/normalise/merge-records'
import { isGuid } from '@/lib/store/guid'
import { PARTNER_REACH } from '@/lib/store/partner-reach'
import { type Db, rows, sql } from '@/lib/store/sql'

/** One record of a process, as the store keeps it. */
export type RecordOfProcess = MergedFields & {
  hostId: number
  occurredAtUs: number
  id: string
  anchorId: string
  sensor: number
  entryId: number
  hostedEntryId: number | null
  principalId: string | null
  /** Its process id is known: what it does can be told. */
  hasPid: boolean
  /** The host's name as the record has it, lower-case; empty = it names none. */
  printedHost: string
}

type Row = {
  host_id: number
  occurred_at: number
  id: string
  anchor_id: string
  sensor: number
  entry_id: number
  hosted_entry_id: number | null
  principal_id: string | null
  has_pid: boolean
  alias: string | null
  path: string
  original_file_name: string | null
  command_line: string | null
  parent_image: string | null
  parent_command_line: string | null
  grandparent_image: string | null
  known_grandparent: string | null
  user_name: string | null
  sid: string | null
  integrity_level: string | null
  current_directory: string | null
  logon_id: string | null
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
}

/** A parent that started longer ago is not looked for: its partition may be gone, and its process id has long been used again. */
const PARENT_REACH = sql`interval '90 days'`

/**
 * Every record of the processes that hosts started on a day, anchors and their partners, by host, anchor and sensor.
 * The grandparent comes from the parent's own creation where the record does not name it. `max`, or an order that no index has: that of times would
 * tempt the planner to walk a host's months instead of looking the parent up; so would a range around each record's own time.
 */
export async function loadDayRecords(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<RecordOfProcess[]> {
  // of the parent p of e: bounds that are the same for all, so that months are left out and the planner knows how much of a host they take in
  const inReach = sql`p.occurred_at > ${day}::date::timestamp AT TIME ZONE 'UTC' - ${PARTNER_REACH} - ${PARENT_REACH}
            AND p.occurred_at <= (${day}::date + 1)::timestamp AT TIME ZONE 'UTC' + 2 * ${PARTNER_REACH}
            AND p.occurred_at - e.occurred_at > -${PARENT_REACH}`
  const found = await rows<Row>(
    db,
    sql`SELECT e.host_id, e.occurred_at, e.id, e.anchor_id, e.sensor, e.entry_id, e.hosted_entry_id, e.principal_id, e.pid IS NOT NULL AS has_pid, a.alias,
          i.path, i.original_file_name, e.command_line, l.parent_image, e.parent_command_line, l.grandparent_image,
          coalesce(by_guid.parent_image, by_pid.parent_image) AS known_grandparent,
          u.name AS user_name, u.sid, l.integrity_level, l.current_directory, e.logon_id, i.md5, i.sha1, i.sha256, i.imphash
        FROM execution_with_texts e
        JOIN image i ON i.id = e.image_id
        LEFT JOIN launch l ON l.id = e.launch_id
        LEFT JOIN host_alias a ON a.id = e.alias_id
        LEFT JOIN principal u ON u.id = e.principal_id
        LEFT JOIN LATERAL (
          SELECT max(p.parent_image) AS parent_image FROM creation p
          WHERE l.grandparent_image IS NULL AND p.host_id = e.host_id AND ${isGuid(sql`p.process_guid`, sql`e.parent_guid`)}
            AND ${inReach} AND p.occurred_at - e.occurred_at <= ${PARTNER_REACH}) by_guid ON true
        LEFT JOIN LATERAL (
          SELECT CASE WHEN lower(pi.path) = lower(l.parent_image) THEN p.parent_image END AS parent_image
          FROM creation p JOIN image pi ON pi.id = p.image_id
          WHERE l.grandparent_image IS NULL AND e.parent_guid IS NULL AND p.host_id = e.host_id AND p.pid = e.parent_pid
            AND ${inReach} AND p.occurred_at <= e.occurred_at
          ORDER BY (p.occurred_at AT TIME ZONE 'UTC') DESC, p.id LIMIT 1) by_pid ON true
        WHERE e.host_id = ANY(${[...hostIds]}::int[])
          AND e.occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC' - ${PARTNER_REACH}
          AND e.occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC' + ${PARTNER_REACH}
          AND e.anchor_at >= ${day}::date::timestamp AT TIME ZONE 'UTC'
          AND e.anchor_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'
        ORDER BY e.host_id, e.anchor_at, e.anchor_id, e.sensor, e.occurred_at, e.id`,
  )
  return found.map((row) => ({
    hostId: row.host_id,
    occurredAtUs: row.occurred_at,
    id: row.id,
    anchorId: row.anchor_id,
    sensor: row.sensor,
    entryId: row.entry_id,
    hostedEntryId: row.hosted_entry_id,
    principalId: row.principal_id,
    hasPid: row.has_pid,
    printedHost: row.alias ?? '',
    image: row.path,
    originalFileName: row.original_file_name,
    commandLine: row.command_line,
    parentImage: row.parent_image,
    parentCommandLine: row.parent_command_line,
    grandparentImage: row.grandparent_image ?? row.known_grandparent,
    user: row.user_name,
    userSid: row.sid,
    integrityLevel: row.integrity_level,
    currentDirectory: row.current_directory,
    logonId: row.logon_id,
    hashes: hashesOf(row),
  }))
}

function hashesOf({ md5, sha1, sha256, imphash }: Row): Hashes | null {
  return (md5 ?? sha1 ?? sha256 ?? imphash) ? { md5, sha1, sha256, imphash } : null
}

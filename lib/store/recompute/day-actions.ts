import { FOLLOWING_KINDS, TELEMETRY_KINDS } from '@/lib/pipeline/event/event'
import { PARTNER_REACH } from '@/lib/store/partner-reach'
import { toTimestamp } from '@/lib/store/pool'
import { type Db, findRow, rows, type Sql, sql } from '@/lib/store/sql'
import { ACTING_WINDOW, EARLY, type Followed, ownerOf } from './owner'

/** A notable file that a process loaded. */
export type LoadedRow = {
  hostId: number
  anchorId: string
  path: string
  originalFileName: string | null
  signed: boolean | null
  signer: string | null
  status: string | null
  md5: string | null
  sha1: string | null
  sha256: string | null
  imphash: string | null
}
/** A place that a process reached; or asked for, and whether it reached one of the answers is for the reader to see. */
export type ContactRow = {
  hostId: number
  anchorId: string
  protocol: string | null
  ip: string | null
  name: string | null
  port: number | null
  initiated: boolean | null
  /** Of a query: the addresses it was answered with; null = a connection. */
  answers: readonly string[] | null
}
/** A program that a process started. */
export type ChildRow = {
  hostId: number
  anchorId: string
  entryId: number
  imageId: string
  path: string
  atUs: number
}

/** Columns of process_event as f, for `ownerOf`. */
export const EVENT: Followed = {
  hostId: 'f.host_id',
  pid: 'f.pid',
  guid: 'f.process_guid',
  at: 'f.occurred_at',
  fileName: 'f.file_name',
}
/** Columns of creation as f: whose child it is. Its parent's name is looked up for the few of a process id that is asked for. */
const CHILD: Followed = {
  hostId: 'f.host_id',
  pid: 'f.parent_pid',
  guid: 'f.parent_guid',
  at: 'f.occurred_at',
  fileName:
    "(SELECT lower(regexp_replace(l.parent_image, '^.*[\\\\/]', '')) FROM launch l WHERE l.id = f.launch_id)",
}

const KIND = { module: FOLLOWING_KINDS.indexOf('module-load'), query: FOLLOWING_KINDS.indexOf('dns-query') }

/** Records of the processes that hosts started on a day, as r. */
function dayRecords(hostIds: readonly number[], day: string): Sql {
  return sql`SELECT r.host_id, r.occurred_at, r.id, r.pid FROM execution r
    WHERE r.host_id = ANY(${[...hostIds]}::int[]) AND r.pid IS NOT NULL
      AND r.occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC' - ${PARTNER_REACH}
      AND r.occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC' + ${PARTNER_REACH}
      AND r.anchor_at >= ${day}::date::timestamp AT TIME ZONE 'UTC' AND r.anchor_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/** Hosts' processes of a day, and when the first and the last of them began, µs. */
type DayProcesses = { hostIds: readonly number[]; day: string; firstAt: number; lastAt: number }

/** null where the hosts started none. */
async function findDayProcesses(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<DayProcesses | null> {
  const found = await findRow<{ first_at: number | null; last_at: number | null }>(
    db,
    sql`SELECT min(r.occurred_at) AS first_at, max(r.occurred_at) AS last_at FROM (${dayRecords(hostIds, day)}) r`,
  )
  if (found === null || found.first_at === null || found.last_at === null) return null
  return { hostIds, day, firstAt: found.first_at, lastAt: found.last_at }
}

/**
 * What belongs to the day's processes, as o beside f: within the first hour of the record that it follows. Bounded by all of them as well, so that
 * many processes on a host are joined at once and no other day is read.
 */
function ofTheDay(processes: DayProcesses, table: Sql, event: Followed, pid: Sql): Sql {
  const { hostIds, day, firstAt, lastAt } = processes
  return sql`(${dayRecords(hostIds, day)}) r
    JOIN ${table} f ON f.host_id = r.host_id AND ${pid} = r.pid
      AND f.occurred_at >= r.occurred_at - ${EARLY}::interval AND f.occurred_at < r.occurred_at + ${ACTING_WINDOW}::interval
      AND f.host_id = ANY(${[...hostIds]}::int[]) AND f.occurred_at >= ${toTimestamp(firstAt)}::timestamptz - ${EARLY}::interval
      AND f.occurred_at < ${toTimestamp(lastAt)}::timestamptz + ${ACTING_WINDOW}::interval
    JOIN LATERAL (${ownerOf(event)}) o ON o.id = r.id AND o.occurred_at = r.occurred_at`
}

/** What the processes that hosts started on a day loaded, reached and started. */
export async function loadDayActions(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<{ loaded: LoadedRow[]; contacts: ContactRow[]; children: ChildRow[] }> {
  const processes = await findDayProcesses(db, hostIds, day)
  if (processes === null) return { loaded: [], contacts: [], children: [] }
  const events = ofTheDay(processes, sql`process_event`, EVENT, sql`f.pid`)
  const [loaded, contacts, children] = await Promise.all([
    rows<LoadedRow>(
      db,
      sql`SELECT o.host_id AS "hostId", o.anchor_id AS "anchorId", m.path, m.original_file_name AS "originalFileName", m.signed, m.signer,
            m.signature_status AS status, m.md5, m.sha1, m.sha256, m.imphash
          FROM ${events} JOIN module m ON m.id = f.module_id WHERE f.kind = ${KIND.module}`,
    ),
    rows<ContactRow>(
      db,
      sql`SELECT o.host_id AS "hostId", o.anchor_id AS "anchorId", d.protocol, d.ip, d.name, d.port, d.initiated,
            CASE WHEN f.kind = ${KIND.query} THEN coalesce(f.answers, '{}') END AS answers
          FROM ${events} JOIN destination d ON d.id = f.destination_id`,
    ),
    rows<ChildRow>(
      db,
      sql`SELECT o.host_id AS "hostId", o.anchor_id AS "anchorId", o.entry_id AS "entryId", f.image_id AS "imageId", i.path, f.occurred_at AS "atUs"
          FROM ${ofTheDay(processes, sql`creation`, CHILD, sql`f.parent_pid`)} JOIN image i ON i.id = f.image_id`,
    ),
  ])
  return { loaded, contacts, children }
}

/** What a host reports on a day: file names of proxy binaries whose module loads arrive, and whether any connections or queries do. */
export type Reported = { modules: ReadonlySet<string>; network: boolean }

/** By host; a host that is missing reports neither. */
export async function loadReported(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<Map<number, Reported>> {
  const found = await rows<{ host_id: number; modules: string[] | null; network: boolean }>(
    db,
    sql`SELECT host_id, array_agg(subject) FILTER (WHERE kind = ${TELEMETRY_KINDS.indexOf('module-load')} AND subject <> '') AS modules,
          bool_or(kind = ANY(${[TELEMETRY_KINDS.indexOf('network-connection'), TELEMETRY_KINDS.indexOf('dns-query')]}::smallint[])) AS network
        FROM telemetry WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date GROUP BY host_id`,
  )
  return new Map(
    found.map(({ host_id, modules, network }) => [host_id, { modules: new Set(modules), network }]),
  )
}

import type { Scope } from '@/lib/pipeline/actor'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, type Sql, sql } from '@/lib/store/sql'
import type { SensorRecord } from './find-execution'
import type { ExecutionKey } from './search'

/** A process near an execution. `execution` is its key where it is a proxy binary's. */
export type NearProcess = {
  key: ExecutionKey
  isExecution: boolean
  pid: string | null
  image: string
  commandLine: string | null
  user: string | null
}

export type Lineage = {
  /** The parent first, then its parent: as far as their own creations were recorded. */
  ancestors: NearProcess[]
  siblings: NearProcess[]
  children: NearProcess[]
}

const MAX_DEPTH = 12
const MAX_NEAR = 50
/** Siblings started this close to the execution tell the same story. */
const SIBLING_REACH = sql`interval '5 minutes'`
/** Process numbers are used again: without a GUID, a parent started at most this long before its child. */
const PID_REACH = sql`interval '30 days'`
/** … and children are looked for this long after their parent. */
const CHILD_REACH = sql`interval '1 day'`
/** Two sensors' records of one process are written within this. */
const SAME_PROCESS_US = 2_000_000

/** Ancestors, siblings and children of a record's process, from every process creation that is kept. */
export async function findLineage(scope: Scope, record: SensorRecord): Promise<Lineage> {
  const [ancestors, siblings, children] = await Promise.all([
    findAncestors(scope, record),
    findNear(scope, siblingsOf(record)),
    findNear(scope, childrenOf(record)),
  ])
  return {
    ancestors,
    siblings: withoutTwins(siblings).filter(({ pid }) => pid === null || pid !== record.pid),
    children: withoutTwins(children),
  }
}

type Row = {
  host_id: number
  occurred_at: number
  id: string
  pid: string | null
  path: string
  command_line: string | null
  user_name: string | null
  is_execution: boolean
}

const COLUMNS = sql`p.host_id, p.occurred_at, p.id, p.pid, i.path, p.command_line, coalesce(u.name, u.sid) AS user_name,
  EXISTS (SELECT FROM execution x WHERE x.host_id = p.host_id AND x.occurred_at = p.occurred_at AND x.id = p.id) AS is_execution`
const DICTIONARIES = sql`JOIN image i ON i.id = p.image_id LEFT JOIN principal u ON u.id = p.principal_id`

async function findAncestors(scope: Scope, record: SensorRecord): Promise<NearProcess[]> {
  const { hostId, occurredAtUs } = record.key
  const found = await rows<Row>(
    pool(),
    sql`WITH RECURSIVE chain AS (
          SELECT 0 AS depth, ${hostId}::int AS host_id, ${toTimestamp(occurredAtUs)}::timestamptz AS occurred_at, ${record.key.id}::bigint AS id,
            ${record.parentGuid}::text AS parent_guid, ${record.parentPid}::bigint AS parent_pid, ${record.parentImage}::text AS parent_image
          UNION ALL
          SELECT c.depth + 1, q.host_id, q.occurred_at, q.id, q.parent_guid, q.parent_pid, q.parent_image
          FROM chain c CROSS JOIN LATERAL (
            (SELECT p.* FROM process p WHERE p.host_id = c.host_id AND p.process_guid = c.parent_guid ORDER BY p.occurred_at LIMIT 1)
            UNION ALL
            (SELECT p.* FROM process p JOIN image pi ON pi.id = p.image_id
             WHERE c.parent_guid IS NULL AND p.host_id = c.host_id AND p.pid = c.parent_pid
               AND p.occurred_at <= c.occurred_at AND p.occurred_at > c.occurred_at - ${PID_REACH}
               AND (c.parent_image IS NULL OR lower(pi.path) = lower(c.parent_image))
             ORDER BY p.occurred_at DESC LIMIT 1)
            LIMIT 1) q
          WHERE c.depth < ${MAX_DEPTH} AND (q.occurred_at, q.id) <> (c.occurred_at, c.id))
        SELECT ${COLUMNS} FROM chain c
        JOIN process p ON p.host_id = c.host_id AND p.occurred_at = c.occurred_at AND p.id = c.id ${DICTIONARIES}
        WHERE c.depth > 0 ${inScope(scope, sql`p.host_id`)} ORDER BY c.depth`,
  )
  return found.map(toNearProcess)
}

async function findNear(scope: Scope, condition: Sql | null): Promise<NearProcess[]> {
  if (condition === null) return []
  const found = await rows<Row>(
    pool(),
    sql`SELECT ${COLUMNS} FROM process p ${DICTIONARIES}
        WHERE ${condition} ${inScope(scope, sql`p.host_id`)} ORDER BY p.occurred_at, p.sensor, p.id LIMIT ${MAX_NEAR}`,
  )
  return found.map(toNearProcess)
}

function siblingsOf({ key, parentGuid, parentPid, parentImage }: SensorRecord): Sql | null {
  const at = sql`${toTimestamp(key.occurredAtUs)}::timestamptz`
  const near = sql`p.host_id = ${key.hostId} AND p.occurred_at BETWEEN ${at} - ${SIBLING_REACH} AND ${at} + ${SIBLING_REACH} AND p.id <> ${key.id}::bigint`
  if (parentGuid !== null) return sql`${near} AND p.parent_guid = ${parentGuid}`
  if (parentPid === null) return null
  return sql`${near} AND p.parent_pid = ${parentPid}::bigint AND p.parent_image IS NOT DISTINCT FROM ${parentImage}::text`
}

function childrenOf({ key, processGuid, pid, image }: SensorRecord): Sql | null {
  if (processGuid !== null) return sql`p.host_id = ${key.hostId} AND p.parent_guid = ${processGuid}`
  if (pid === null) return null
  const at = sql`${toTimestamp(key.occurredAtUs)}::timestamptz`
  return sql`p.host_id = ${key.hostId} AND p.parent_pid = ${pid}::bigint AND p.occurred_at BETWEEN ${at} AND ${at} + ${CHILD_REACH}
    AND (p.parent_image IS NULL OR lower(p.parent_image) = lower(${image}))`
}

/** One process that several sensors reported is shown once. */
function withoutTwins(processes: readonly NearProcess[]): NearProcess[] {
  const kept: NearProcess[] = []
  for (const process of processes) {
    const twin = kept.some(
      (other) =>
        other.pid === process.pid &&
        other.image.toLowerCase() === process.image.toLowerCase() &&
        Math.abs(other.key.occurredAtUs - process.key.occurredAtUs) <= SAME_PROCESS_US,
    )
    if (!twin) kept.push(process)
  }
  return kept
}

function toNearProcess(row: Row): NearProcess {
  return {
    key: { hostId: row.host_id, occurredAtUs: row.occurred_at, id: row.id },
    isExecution: row.is_execution,
    pid: row.pid,
    image: row.path,
    commandLine: row.command_line,
    user: row.user_name,
  }
}

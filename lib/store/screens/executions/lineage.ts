import type { Scope } from '@/lib/pipeline/actor'
import { isGuid } from '@/lib/store/guid'
import { pool, toTimestamp } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { plannedRows, type Sql, sql } from '@/lib/store/sql'
import type { SensorRecord } from './find-execution'
import {
  type NearProcess,
  type NearRow,
  PROCESS_COLUMNS,
  PROCESS_DICTIONARIES,
  toNearProcess,
  withoutTwins,
} from './near-process'

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

/** In order of time, which no index has in this form: the planner would walk a host's months rather than look processes up. */
const AT = sql`(p.occurred_at AT TIME ZONE 'UTC')`

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

async function findAncestors(scope: Scope, record: SensorRecord): Promise<NearProcess[]> {
  const { hostId, occurredAtUs } = record.key
  const found = await plannedRows<NearRow>(
    pool(),
    sql`WITH RECURSIVE chain AS (
          SELECT 0 AS depth, ${hostId}::int AS host_id, ${toTimestamp(occurredAtUs)}::timestamptz AS occurred_at, ${record.key.id}::bigint AS id,
            guid_bytes(${record.parentGuid}) AS parent_guid, ${record.parentPid}::bigint AS parent_pid, ${record.parentImage}::text AS parent_image
          UNION ALL
          SELECT c.depth + 1, q.host_id, q.occurred_at, q.id, q.parent_guid, q.parent_pid, q.parent_image
          FROM chain c CROSS JOIN LATERAL (
            (SELECT p.* FROM creation p WHERE p.host_id = c.host_id AND ${isGuid(sql`p.process_guid`, sql`c.parent_guid`)} ORDER BY ${AT} LIMIT 1)
            UNION ALL
            (SELECT p.* FROM creation p JOIN image pi ON pi.id = p.image_id
             WHERE c.parent_guid IS NULL AND p.host_id = c.host_id AND p.pid = c.parent_pid
               AND p.occurred_at <= c.occurred_at AND p.occurred_at > c.occurred_at - ${PID_REACH}
               AND (c.parent_image IS NULL OR lower(pi.path) = lower(c.parent_image))
             ORDER BY ${AT} DESC LIMIT 1)
            LIMIT 1) q
          WHERE c.depth < ${MAX_DEPTH} AND (q.occurred_at, q.id) <> (c.occurred_at, c.id))
        SELECT ${PROCESS_COLUMNS} FROM chain c
        JOIN creation p ON p.host_id = c.host_id AND p.occurred_at = c.occurred_at AND p.id = c.id ${PROCESS_DICTIONARIES}
        WHERE c.depth > 0 ${inScope(scope, sql`p.host_id`)} ORDER BY c.depth`,
  )
  return found.map(toNearProcess)
}

async function findNear(scope: Scope, condition: Sql | null): Promise<NearProcess[]> {
  if (condition === null) return []
  const found = await plannedRows<NearRow>(
    pool(),
    sql`SELECT ${PROCESS_COLUMNS} FROM creation p ${PROCESS_DICTIONARIES}
        WHERE ${condition} ${inScope(scope, sql`p.host_id`)} ORDER BY ${AT}, p.sensor, p.id LIMIT ${MAX_NEAR}`,
  )
  return found.map(toNearProcess)
}

function siblingsOf({ key, parentGuid, parentPid, parentImage }: SensorRecord): Sql | null {
  const at = sql`${toTimestamp(key.occurredAtUs)}::timestamptz`
  const near = sql`p.host_id = ${key.hostId} AND p.occurred_at BETWEEN ${at} - ${SIBLING_REACH} AND ${at} + ${SIBLING_REACH} AND p.id <> ${key.id}::bigint`
  if (parentGuid !== null) return sql`${near} AND p.parent_guid = guid_bytes(${parentGuid})`
  if (parentPid === null) return null
  return sql`${near} AND p.parent_pid = ${parentPid}::bigint AND p.parent_image IS NOT DISTINCT FROM ${parentImage}::text`
}

function childrenOf({ key, processGuid, pid, image }: SensorRecord): Sql | null {
  // a child that names its parent's GUID names its process id too, but for sensors that know no process ids of parents
  if (processGuid !== null)
    return sql`p.host_id = ${key.hostId} AND (p.parent_pid = ${pid}::bigint OR p.parent_pid IS NULL) AND p.parent_guid = guid_bytes(${processGuid})`
  if (pid === null) return null
  const at = sql`${toTimestamp(key.occurredAtUs)}::timestamptz`
  return sql`p.host_id = ${key.hostId} AND p.parent_pid = ${pid}::bigint AND p.occurred_at BETWEEN ${at} AND ${at} + ${CHILD_REACH}
    AND (p.parent_image IS NULL OR lower(p.parent_image) = lower(${image}))`
}

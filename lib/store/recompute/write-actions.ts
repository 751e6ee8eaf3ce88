import type pg from 'pg'
import { FOLLOWING_KINDS } from '@/lib/pipeline/event/event'
import { copyRows } from '@/lib/store/copy'
import { toTimestamp } from '@/lib/store/pool'
import { execute, raw, type Sql, sql } from '@/lib/store/sql'
import { type ChildRow, EVENT } from './day-actions'
import { ownerOf } from './owner'

const MODULE = FOLLOWING_KINDS.indexOf('module-load')
const CONNECTION = FOLLOWING_KINDS.indexOf('network-connection')
const QUERY = FOLLOWING_KINDS.indexOf('dns-query')

async function clear(
  client: pg.PoolClient,
  table: 'module_use' | 'network_use' | 'child_use',
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  await execute(
    client,
    sql`DELETE FROM ${raw(table)} WHERE host_id = ANY(${[...hostIds]}::int[]) AND day = ${day}::date`,
  )
}

/** Events of a day as f beside their executions as o, however long ago those began. */
function eventsOf(hostIds: readonly number[], day: string, kinds: readonly number[]): Sql {
  return sql`process_event f JOIN LATERAL (${ownerOf(EVENT)}) o ON true
    WHERE f.host_id = ANY(${[...hostIds]}::int[]) AND f.kind = ANY(${[...kinds]}::smallint[])
      AND f.occurred_at >= ${day}::date::timestamp AT TIME ZONE 'UTC' AND f.occurred_at < (${day}::date + 1)::timestamp AT TIME ZONE 'UTC'`
}

/** Replaces which notable modules each binary's processes loaded on a day. */
export async function writeModuleUse(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  await clear(client, 'module_use', hostIds, day)
  await execute(
    client,
    sql`INSERT INTO module_use (host_id, day, entry_id, module_id, executions, first_at, last_at)
        SELECT host_id, ${day}::date, entry_id, module_id, count(DISTINCT anchor_id), min(occurred_at), max(occurred_at)
        FROM (SELECT f.host_id, f.module_id, f.occurred_at, o.entry_id, o.anchor_id FROM ${eventsOf(hostIds, day, [MODULE])}) loads
        GROUP BY host_id, entry_id, module_id`,
  )
}

/** Replaces where each binary's processes led on a day. A connection has the name that its process had asked for, else the one its record prints. */
export async function writeNetworkUse(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
): Promise<void> {
  await clear(client, 'network_use', hostIds, day)
  await execute(
    client,
    sql`WITH contact AS (
          SELECT e.*, d.ip, d.name FROM (
            SELECT f.host_id, f.kind, f.destination_id, f.blocked, f.answers, f.occurred_at, o.entry_id, o.anchor_id
            FROM ${eventsOf(hostIds, day, [CONNECTION, QUERY])}) e JOIN destination d ON d.id = e.destination_id),
        asked AS (
          SELECT host_id, anchor_id, answer AS ip, min(name) AS name FROM contact, unnest(answers) AS answer WHERE kind = ${QUERY} GROUP BY 1, 2, 3)
        INSERT INTO network_use (host_id, day, entry_id, destination_id, name, executions, events, blocked, first_at, last_at)
        SELECT c.host_id, ${day}::date, c.entry_id, c.destination_id, coalesce(a.name, c.name, ''), count(DISTINCT c.anchor_id), count(*),
          count(*) FILTER (WHERE c.blocked), min(c.occurred_at), max(c.occurred_at)
        FROM contact c LEFT JOIN asked a ON c.kind = ${CONNECTION} AND a.host_id = c.host_id AND a.anchor_id = c.anchor_id AND a.ip = c.ip
        GROUP BY c.host_id, c.entry_id, c.destination_id, coalesce(a.name, c.name, '')`,
  )
}

/** Replaces which programs each binary's processes of a day started. */
export async function writeChildUse(
  client: pg.PoolClient,
  hostIds: readonly number[],
  day: string,
  children: readonly ChildRow[],
): Promise<void> {
  await clear(client, 'child_use', hostIds, day)
  const uses = new Map<
    string,
    { child: ChildRow; parents: Set<string>; firstAtUs: number; lastAtUs: number }
  >()
  for (const child of children) {
    const key = `${child.hostId} ${child.entryId} ${child.imageId}`
    const use = uses.get(key) ?? { child, parents: new Set(), firstAtUs: child.atUs, lastAtUs: child.atUs }
    uses.set(key, use)
    use.parents.add(child.anchorId)
    use.firstAtUs = Math.min(use.firstAtUs, child.atUs)
    use.lastAtUs = Math.max(use.lastAtUs, child.atUs)
  }
  await copyRows(
    client,
    'child_use',
    ['host_id', 'day', 'entry_id', 'image_id', 'executions', 'first_at', 'last_at'],
    [...uses.values()].map(({ child, parents, firstAtUs, lastAtUs }) => [
      child.hostId,
      day,
      child.entryId,
      child.imageId,
      parents.size,
      toTimestamp(firstAtUs),
      toTimestamp(lastAtUs),
    ]),
  )
}

import type pg from 'pg'
import { FOLLOWING_KINDS, type FollowingEvent, SENSORS } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { fileName } from '@/lib/pipeline/normalise/command-line/path-class'
import { copyRows, toArrayText } from '@/lib/store/copy'
import {
  type DestinationValue,
  destinationCells,
  destinationId,
  ensureDictionary,
  type ModuleValue,
  moduleCells,
  moduleId,
} from '@/lib/store/dictionaries'
import { guidBytes } from '@/lib/store/guid'
import type { HostRef } from '@/lib/store/hosts'
import { toTimestamp } from '@/lib/store/pool'
import { ACTING_WINDOW, EARLY, PID_REUSE } from '@/lib/store/recompute/owner'
import { rows, sql } from '@/lib/store/sql'
import type { HostDay } from './dirty-days'
import { type EventCounts, toCounts } from './event-counts'
import { noteOverlap } from './overlap'
import { findKnown, selectFresh, spanOf } from './select-fresh'

/** What a process did after its start, on its way into the store. */
export type IncomingFollowing = {
  event: FollowingEvent
  hostName: string
  /** Its image bears a proxy binary's name; false = perhaps it is a renamed copy of one. */
  byName: boolean
}

const COLUMNS = [
  'host_id',
  'occurred_at',
  'id',
  'kind',
  'sensor',
  'alias_id',
  'pid',
  'process_guid',
  'file_name',
  'by_name',
  'module_id',
  'destination_id',
  'blocked',
  'answers',
  'import_file_id',
] as const

export type PlacedFollowing = {
  incoming: IncomingFollowing
  host: HostRef
  module: ModuleValue | null
  destination: DestinationValue | null
}

export function placeFollowing(incoming: IncomingFollowing, host: HostRef): PlacedFollowing {
  return {
    incoming,
    host,
    module: toModule(incoming.event),
    destination: toDestination(incoming.event),
  }
}

function toModule(event: FollowingEvent): ModuleValue | null {
  if (event.kind !== 'module-load') return null
  const { module: path, originalFileName, signed, signer, signatureStatus, hashes } = event
  return {
    path,
    fileName: fileName(path).slice(0, 255),
    originalFileName,
    signed,
    signer,
    signatureStatus,
    md5: hashes?.md5 ?? null,
    sha1: hashes?.sha1 ?? null,
    sha256: hashes?.sha256 ?? null,
    imphash: hashes?.imphash ?? null,
  }
}

function toDestination(event: FollowingEvent): DestinationValue | null {
  if (event.kind === 'dns-query')
    return { protocol: 'dns', ip: null, name: event.query, port: null, initiated: null }
  if (event.kind !== 'network-connection') return null
  const { protocol, destinationIp: ip, destinationHost: name, destinationPort: port, initiated } = event
  return { protocol: protocol?.slice(0, 16) ?? null, ip, name, port, initiated }
}

/** Makes sure that the files and places these events name are in their dictionaries. */
export async function ensureFollowed(pool: pg.Pool, placed: readonly PlacedFollowing[]): Promise<void> {
  await ensureDictionary(
    pool,
    'module',
    placed.flatMap(({ module }) => (module ? [[moduleId(module), ...moduleCells(module)] as const] : [])),
  )
  await ensureDictionary(
    pool,
    'destination',
    placed.flatMap(({ destination }) =>
      destination ? [[destinationId(destination), ...destinationCells(destination)] as const] : [],
    ),
  )
}

function cells({ incoming, host, module, destination }: PlacedFollowing, importFileId: number) {
  const { event, byName } = incoming
  const image = event.image === null ? null : fileName(event.image).slice(0, 255)
  return [
    host.hostId,
    toTimestamp(event.time.us),
    hash64('record', event.recordKey),
    FOLLOWING_KINDS.indexOf(event.kind),
    SENSORS.indexOf(event.sensor),
    host.aliasId,
    event.pid,
    guidBytes(event.processGuid),
    image || null,
    byName,
    module && moduleId(module),
    destination && destinationId(destination),
    event.kind === 'network-connection' ? event.outcome === 'blocked' : null,
    event.kind === 'dns-query' && event.results.length > 0 ? toArrayText(event.results) : null,
    importFileId,
  ]
}

/**
 * Stores what is not there yet; answers how many of each kind were, and the days on which that can change executions.
 * An event of a program without a proxy binary's name is left out where its process is known and is none: what stays may belong to a
 * renamed copy whose creation has not arrived yet.
 */
export async function storeFollowing(
  client: pg.PoolClient,
  placed: readonly PlacedFollowing[],
  importFileId: number,
): Promise<{ counts: EventCounts; days: HostDay[] }> {
  await client.query('CREATE TEMP TABLE incoming_process_event (LIKE process_event) ON COMMIT DROP')
  await copyRows(
    client,
    'incoming_process_event',
    COLUMNS,
    placed.map((one) => cells(one, importFileId)),
  )
  const span = spanOf(placed.map(({ incoming }) => incoming.event.time.us))
  await selectFresh(client, 'process_event', COLUMNS, span)
  const fresh = await rows<{ kind: number; n: string }>(
    client,
    sql`SELECT kind, count(*) AS n FROM fresh_process_event GROUP BY kind`,
  )
  if (fresh.reduce((sum, { n }) => sum + Number(n), 0) < placed.length)
    await noteOverlap(client, importFileId, await findKnown(client, 'process_event', span))
  await dropOtherPrograms(client)
  const columns = COLUMNS.join(', ')
  await client.query(
    `INSERT INTO process_event (${columns}) SELECT ${columns} FROM fresh_process_event ON CONFLICT DO NOTHING`,
  )
  const kept = await rows<{ kind: number; n: string }>(
    client,
    sql`SELECT kind, count(*) AS n FROM fresh_process_event GROUP BY kind`,
  )
  const counts = toCounts(
    FOLLOWING_KINDS.map((kind, index) => ({
      kind,
      incoming: placed.filter(({ incoming }) => incoming.event.kind === kind).length,
      fresh: numberOf(fresh, index),
      kept: numberOf(kept, index),
    })),
  )
  return { counts, days: await findDays(client) }
}

function numberOf(found: readonly { kind: number; n: string }[], kind: number): number {
  return Number(found.find((row) => row.kind === kind)?.n ?? 0)
}

async function dropOtherPrograms(client: pg.PoolClient): Promise<void> {
  await client.query(
    `DELETE FROM fresh_process_event f WHERE NOT f.by_name
       AND EXISTS (
         SELECT FROM process p JOIN image i ON i.id = p.image_id
         WHERE p.host_id = f.host_id AND p.pid = f.pid
           AND p.occurred_at > f.occurred_at - interval '${PID_REUSE}' AND p.occurred_at <= f.occurred_at + interval '${EARLY}'
           AND CASE WHEN f.process_guid IS NULL OR p.process_guid IS NULL THEN f.file_name IS NULL OR i.file_name = f.file_name
                    ELSE p.process_guid = f.process_guid END)
       AND NOT EXISTS (
         SELECT FROM execution e JOIN image i ON i.id = e.image_id
         WHERE e.host_id = f.host_id AND e.pid = f.pid
           AND e.occurred_at > f.occurred_at - interval '${PID_REUSE}' AND e.occurred_at <= f.occurred_at + interval '${EARLY}'
           AND CASE WHEN f.process_guid IS NULL OR e.process_guid IS NULL THEN f.file_name IS NULL OR i.file_name = f.file_name
                    ELSE e.process_guid = f.process_guid END)`,
  )
}

/** The day of each event, and of the execution that it may belong to where that one began on an earlier day. */
async function findDays(client: pg.PoolClient): Promise<HostDay[]> {
  const found = await rows<{ host_id: number; day: string }>(
    client,
    sql`SELECT f.host_id, (least(min(f.occurred_at), min(e.anchor_at)) AT TIME ZONE 'UTC')::date AS day
        FROM fresh_process_event f
        LEFT JOIN LATERAL (
          SELECT min(e.anchor_at) AS anchor_at FROM execution e WHERE e.host_id = f.host_id AND e.pid = f.pid
            AND e.occurred_at > f.occurred_at - ${ACTING_WINDOW}::interval AND e.occurred_at <= f.occurred_at + ${EARLY}::interval) e ON true
        GROUP BY f.host_id`,
  )
  return found.map(({ host_id, day }) => ({ hostId: host_id, day }))
}

import type pg from 'pg'
import { SENSORS } from '@/lib/pipeline/event/event'
import { isSeveral } from '@/lib/store/host-work'
import { ensureUnmoved, findHosts, type HostRef, HostsMoved, resolveHosts } from '@/lib/store/hosts'
import { ensurePartitions } from '@/lib/store/partitions'
import { givingWay, rows, sql, transaction } from '@/lib/store/sql'
import {
  ensureUsers,
  type IncomingAttempt,
  type IncomingPolicy,
  storeAttempts,
  storePolicies,
} from './control-events'
import { type IncomingCreation, type PlacedCreation, placeCreation } from './creation-row'
import { type HostDay, queueDays } from './dirty-days'
import { addCounts, type EventCounts, NO_EVENTS } from './event-counts'
import {
  ensureFollowed,
  type IncomingFollowing,
  type PlacedFollowing,
  placeFollowing,
  storeFollowing,
} from './following-events'
import { noteHosts } from './import-hosts'
import { type BatchCounts, type BatchReceipt, recordReceipt } from './receipt'
import { ensureNamed, NOTHING_CREATED, type StoredCreations, storeCreations } from './store-creations'
import { type IncomingTelemetry, NO_FILE, storeTelemetry } from './telemetry'

/** What is stored beside process creations. */
export type IncomingRest = {
  following: readonly IncomingFollowing[]
  attempts: readonly IncomingAttempt[]
  policies: readonly IncomingPolicy[]
  telemetry: readonly IncomingTelemetry[]
}

export const NO_REST: IncomingRest = { following: [], attempts: [], policies: [], telemetry: [] }

export type WrittenCounts = BatchCounts & Pick<StoredCreations, 'newExecutions'>

/**
 * Stores a batch whole or not at all: facts, correlation, original records, the import's receipt and checkpoint, and the work
 * that follows from it. Rows that are already there are counted and left alone. `prepared`: what `prepareBatch` made of it.
 */
export async function writeBatch(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  receipt: BatchReceipt,
  rest: IncomingRest = NO_REST,
  prepared: PreparedBatch | null = null,
): Promise<WrittenCounts> {
  let ready = prepared
  for (;;) {
    try {
      const batch =
        ready ?? (await prepare(pool, creations, rest, await resolveHosts(pool, namesIn(creations, rest))))
      // whoever computes a day holds hosts of several kinds of work at once
      return await givingWay(() => writeOnce(pool, batch, receipt, rest))
    } catch (error) {
      if (!(error instanceof HostsMoved)) throw error
      ready = null
    }
  }
}

/** A batch with its places and ids, whose names are in their dictionaries. */
export type PreparedBatch = {
  hosts: ReadonlyMap<string, HostRef>
  placed: PlacedCreation[]
  followed: PlacedFollowing[]
}

/** What can be done of a batch before its turn to be stored. Null where one of its hosts is new: hosts are made in the order of their records. */
export async function prepareBatch(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  rest: IncomingRest,
): Promise<PreparedBatch | null> {
  const hosts = await findHosts(pool, namesIn(creations, rest))
  return hosts && prepare(pool, creations, rest, hosts)
}

function namesIn(creations: readonly IncomingCreation[], rest: IncomingRest): Set<string> {
  const { following, attempts, policies, telemetry } = rest
  const everything = [...creations, ...following, ...attempts, ...policies, ...telemetry]
  return new Set(everything.map(({ hostName }) => hostName))
}

async function prepare(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  { following, attempts }: IncomingRest,
  hosts: ReadonlyMap<string, HostRef>,
): Promise<PreparedBatch> {
  await ensurePartitions(pool, ['execution', 'command_text', 'process'], timesOf(creations))
  await ensurePartitions(pool, ['process_event'], timesOf(following))
  await ensurePartitions(pool, ['attempt'], timesOf(attempts))
  const placed = place(creations, hosts, placeCreation)
  const followed = place(following, hosts, placeFollowing)
  await ensureNamed(pool, placed)
  await ensureFollowed(pool, followed)
  await ensureUsers(pool, attempts)
  return { hosts, placed, followed }
}

function writeOnce(
  pool: pg.Pool,
  { hosts, placed, followed }: PreparedBatch,
  receipt: BatchReceipt,
  { attempts, policies, telemetry }: IncomingRest,
): Promise<WrittenCounts> {
  return transaction(pool, async (client) => {
    const severalSensors = await lockHosts(client, placed, hosts)
    await ensureUnmoved(client, hosts.values())
    const created =
      placed.length === 0
        ? NOTHING_CREATED
        : await storeCreations(client, placed, severalSensors, receipt.importFileId)
    const reported = place(telemetry, hosts, withHost)
    const beside = await storeRest(client, receipt, followed, {
      attempts: place(attempts, hosts, withHost),
      policies: place(policies, hosts, withHost),
      telemetry: reported,
    })
    // a shipper's day would write a row of each of its hosts with every batch
    if (!receipt.appends)
      await noteHosts(client, receipt.importFileId, { ...created, placed, telemetry: reported })
    await queueDays(client, [...created.days, ...beside.days])
    const counts = { ...created.counts, events: beside.counts }
    await recordReceipt(client, receipt, counts)
    return { ...counts, newExecutions: created.newExecutions }
  })
}

function timesOf(incoming: readonly { event: { time: { us: number } } }[]): number[] {
  return incoming.map(({ event }) => event.time.us)
}

type Located<T> = { incoming: T; host: HostRef }

function withHost<T>(incoming: T, host: HostRef): Located<T> {
  return { incoming, host }
}

function place<T extends { hostName: string }, P>(
  all: readonly T[],
  hosts: ReadonlyMap<string, HostRef>,
  toPlaced: (one: T, host: HostRef) => P,
): P[] {
  return all.flatMap((one) => {
    const host = hosts.get(one.hostName)
    return host ? [toPlaced(one, host)] : []
  })
}

type LocatedRest = {
  attempts: Located<IncomingAttempt>[]
  policies: Located<IncomingPolicy>[]
  telemetry: Located<IncomingTelemetry>[]
}

async function storeRest(
  client: pg.PoolClient,
  { importFileId, appends }: BatchReceipt,
  followed: Parameters<typeof storeFollowing>[1],
  { attempts, policies, telemetry }: LocatedRest,
): Promise<{ counts: EventCounts; days: HostDay[] }> {
  const following =
    followed.length === 0
      ? { counts: NO_EVENTS, days: [] }
      : await storeFollowing(client, followed, importFileId)
  const controls = [
    attempts.length === 0 ? NO_EVENTS : await storeAttempts(client, attempts, importFileId),
    policies.length === 0 ? NO_EVENTS : await storePolicies(client, policies, importFileId),
  ]
  const reported =
    telemetry.length === 0 ? [] : await storeTelemetry(client, telemetry, appends ? NO_FILE : importFileId)
  return { counts: addCounts([following.counts, ...controls]), days: [...following.days, ...reported] }
}

/**
 * One writer a host at a time; DO UPDATE rather than DO NOTHING, so that a wake-up cannot be lost to the worker's clearing.
 * Answers the hosts that several sensors report.
 */
async function lockHosts(
  client: pg.PoolClient,
  placed: readonly PlacedCreation[],
  hosts: ReadonlyMap<string, HostRef>,
): Promise<number[]> {
  if (hosts.size === 0) return []
  const sensors = new Map([...hosts.values()].map(({ hostId }) => [hostId, 0]))
  for (const { creation, host } of placed)
    sensors.set(host.hostId, (sensors.get(host.hostId) ?? 0) | (1 << SENSORS.indexOf(creation.event.sensor)))
  const sorted = [...sensors].sort(([a], [b]) => a - b)
  const locked = await rows<{ host_id: number; sensors: number }>(
    client,
    sql`INSERT INTO host_work (host_id, sensors)
        SELECT * FROM unnest(${sorted.map(([hostId]) => hostId)}::int[], ${sorted.map(([, bits]) => bits)}::smallint[])
        ON CONFLICT (host_id) DO UPDATE SET sensors = host_work.sensors | excluded.sensors
        RETURNING host_id, sensors`,
  )
  return locked.filter(({ sensors: bits }) => isSeveral(bits)).map(({ host_id }) => host_id)
}

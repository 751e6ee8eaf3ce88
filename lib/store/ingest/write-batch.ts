import type pg from 'pg'
import { SENSORS } from '@/lib/pipeline/event/event'
import { copyRows } from '@/lib/store/copy'
import { ensureDictionary } from '@/lib/store/dictionaries'
import { ensureUnmoved, HostsMoved, resolveHosts } from '@/lib/store/hosts'
import { ensurePartitions } from '@/lib/store/partitions'
import { toTimestamp } from '@/lib/store/pool'
import { execute, raw, rows, sql, transaction } from '@/lib/store/sql'
import { correlateBatch } from './correlate-batch'
import {
  EXECUTION_COLUMNS,
  executionCells,
  type IncomingCreation,
  type PlacedCreation,
  PROCESS_COLUMNS,
  placeCreation,
  processCells,
} from './creation-row'
import { type RawRecordRef, storeRawRecords } from './raw-blocks'
import { type BatchCounts, type BatchReceipt, recordReceipt } from './receipt'

/**
 * Stores a batch whole or not at all: facts, correlation, original records, the import's receipt and checkpoint, and the work
 * that follows from it. Rows that are already there are counted and left alone.
 */
export async function writeBatch(...batch: Parameters<typeof writeOnce>): Promise<BatchCounts> {
  for (;;) {
    try {
      return await writeOnce(...batch)
    } catch (error) {
      if (!(error instanceof HostsMoved)) throw error
    }
  }
}

async function writeOnce(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  receipt: BatchReceipt,
): Promise<BatchCounts> {
  const hosts = await resolveHosts(pool, new Set(creations.map(({ hostName }) => hostName)))
  await ensurePartitions(
    pool,
    creations.map(({ event }) => event.time.us),
  )
  const placed = creations.flatMap((creation) => {
    const host = hosts.get(creation.hostName)
    return host ? [placeCreation(creation, host)] : []
  })
  await ensureFileAndUserNames(pool, placed)
  return transaction(pool, async (client) => {
    if (placed.length === 0) return storeNothing(client, receipt)
    const severalSensors = await lockHosts(client, placed)
    await ensureUnmoved(client, hosts.values())
    const processes = await storeProcesses(client, placed)
    const executions = await storeExecutions(client, placed, severalSensors, receipt.importFileId)
    await queueFreshDays(client)
    const counts = { ...processes, ...executions }
    await recordReceipt(client, receipt, counts)
    return counts
  })
}

async function storeNothing(client: pg.PoolClient, receipt: BatchReceipt): Promise<BatchCounts> {
  const counts = { processes: 0, processesDuplicate: 0, executions: 0, executionsDuplicate: 0 }
  await recordReceipt(client, receipt, counts)
  return counts
}

async function ensureFileAndUserNames(pool: pg.Pool, placed: readonly PlacedCreation[]): Promise<void> {
  await ensureDictionary(
    pool,
    'image',
    placed.map(({ image, imageId }) => [
      imageId,
      image.path,
      image.fileName,
      image.originalFileName,
      image.md5,
      image.sha1,
      image.sha256,
      image.imphash,
      image.signer,
    ]),
  )
  await ensureDictionary(
    pool,
    'principal',
    placed.flatMap(({ principal, principalId }) =>
      principal && principalId ? [[principalId, principal.name, principal.sid] as const] : [],
    ),
  )
}

/**
 * One writer a host at a time; DO UPDATE rather than DO NOTHING, so that a wake-up cannot be lost to the worker's clearing.
 * Answers the hosts that several sensors report.
 */
async function lockHosts(client: pg.PoolClient, placed: readonly PlacedCreation[]): Promise<number[]> {
  const sensors = new Map<number, number>()
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
  return locked.filter(({ sensors: bits }) => (bits & (bits - 1)) !== 0).map(({ host_id }) => host_id)
}

/** Earliest and latest time of a batch: lets PostgreSQL leave out the partitions that cannot matter. */
type Span = { since: string; until: string }

function spanOf(placed: readonly PlacedCreation[]): Span {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { creation } of placed) {
    low = Math.min(low, creation.event.time.us)
    high = Math.max(high, creation.event.time.us)
  }
  return { since: toTimestamp(low - 1_000_000), until: toTimestamp(high + 1_000_000) }
}

/**
 * The rows of a batch that are not stored yet, each once. A record's identity names it to the second; exports of one record print its time
 * to different digits, so a stored row within the same second is the same record.
 * LATERAL … LIMIT keeps it an index look-up a row: without it the whole history may be scanned to join a batch.
 */
async function selectFresh(
  client: pg.PoolClient,
  table: 'process' | 'execution',
  columns: readonly string[],
  { since, until }: Span,
): Promise<void> {
  await execute(
    client,
    sql`CREATE TEMP TABLE ${raw(`fresh_${table}`)} ON COMMIT DROP AS
        SELECT DISTINCT ON (i.host_id, i.id, date_trunc('second', i.occurred_at)) ${raw(columns.map((column) => `i.${column}`).join(', '))}
        FROM ${raw(`incoming_${table}`)} i
        LEFT JOIN LATERAL (
          SELECT true AS known FROM ${raw(table)} s
          WHERE s.host_id = i.host_id AND s.id = i.id AND s.occurred_at >= date_trunc('second', i.occurred_at)
            AND s.occurred_at < date_trunc('second', i.occurred_at) + interval '1 second'
            AND s.occurred_at >= ${raw(`'${since}'`)} AND s.occurred_at <= ${raw(`'${until}'`)}
          LIMIT 1) stored ON true
        WHERE stored.known IS NULL
        ORDER BY i.host_id, i.id, date_trunc('second', i.occurred_at), i.occurred_at`,
  )
}

async function storeProcesses(client: pg.PoolClient, placed: readonly PlacedCreation[]) {
  const columns = PROCESS_COLUMNS.join(', ')
  await client.query('CREATE TEMP TABLE incoming_process (LIKE process) ON COMMIT DROP')
  await copyRows(client, 'incoming_process', PROCESS_COLUMNS, placed.map(processCells))
  await selectFresh(client, 'process', PROCESS_COLUMNS, spanOf(placed))
  const { rowCount } = await client.query(
    `INSERT INTO process (${columns}) SELECT ${columns} FROM fresh_process ON CONFLICT DO NOTHING`,
  )
  const processes = rowCount ?? 0
  return { processes, processesDuplicate: placed.length - processes }
}

async function storeExecutions(
  client: pg.PoolClient,
  placed: readonly PlacedCreation[],
  severalSensors: readonly number[],
  importFileId: number,
) {
  const proxies = placed.filter(({ creation }) => creation.entryId !== null)
  if (proxies.length === 0) return { executions: 0, executionsDuplicate: 0 }
  const columns = EXECUTION_COLUMNS.join(', ')
  await client.query('CREATE TEMP TABLE incoming_execution (LIKE execution, ordinal int) ON COMMIT DROP')
  await copyRows(
    client,
    'incoming_execution',
    [...EXECUTION_COLUMNS, 'ordinal'],
    proxies.map((placedOne, ordinal) => [...executionCells(placedOne, importFileId), ordinal]),
  )
  await selectFresh(client, 'execution', [...EXECUTION_COLUMNS, 'ordinal'], spanOf(proxies))
  const fresh = await rows<{ ordinal: number }>(
    client,
    sql`SELECT ordinal FROM fresh_execution ORDER BY ordinal`,
  )
  if (fresh.length === 0) return { executions: 0, executionsDuplicate: proxies.length }
  const originals = await storeRawRecords(
    client,
    toRawRecords(
      proxies,
      fresh.map(({ ordinal }) => ordinal),
    ),
  )
  await execute(
    client,
    sql`INSERT INTO execution (${raw(columns)}, raw_block_id, raw_index)
        SELECT ${raw(columns)}, r.block_id, r.index FROM fresh_execution f
        LEFT JOIN unnest(${originals.map(({ ordinal }) => ordinal)}::int[], ${originals.map(({ blockId }) => blockId)}::bigint[],
                         ${originals.map(({ index }) => index)}::int[]) AS r(at, block_id, index) ON r.at = f.ordinal`,
  )
  const executions = fresh.length - (await correlateBatch(client, severalSensors))
  return { executions, executionsDuplicate: proxies.length - executions }
}

function toRawRecords(proxies: readonly PlacedCreation[], ordinals: readonly number[]): RawRecordRef[] {
  return ordinals.flatMap((ordinal) => {
    const placed = proxies[ordinal]
    if (!placed?.creation.original) return []
    const { creation, host } = placed
    return [
      {
        ordinal,
        ...host,
        day: toTimestamp(creation.event.time.us).slice(0, 10),
        original: creation.original ?? '',
      },
    ]
  })
}

/** Every host is re-computed from the first day on which it gained a row. Sorted by host, like every writer of host_work. */
async function queueFreshDays(client: pg.PoolClient): Promise<void> {
  const queued = await execute(
    client,
    sql`INSERT INTO host_work (host_id, dirty_from, revision)
        SELECT host_id, (min(occurred_at) AT TIME ZONE 'UTC')::date, 1 FROM fresh_process GROUP BY host_id ORDER BY host_id
        ON CONFLICT (host_id) DO UPDATE SET dirty_from = least(host_work.dirty_from, excluded.dirty_from), revision = host_work.revision + 1`,
  )
  if (queued > 0) await client.query('NOTIFY cordon_work')
}

import type pg from 'pg'
import { copyRows } from '@/lib/store/copy'
import { ensureDictionary, imageId, principalId } from '@/lib/store/dictionaries'
import { type HostRef, markDirty, resolveHosts } from '@/lib/store/hosts'
import { ensurePartitions } from '@/lib/store/partitions'
import { toTimestamp } from '@/lib/store/pool'
import { execute, raw, rows, sql, transaction } from '@/lib/store/sql'
import { correlateBatch } from './correlate-batch'
import {
  EXECUTION_COLUMNS,
  executionCells,
  type IncomingCreation,
  PROCESS_COLUMNS,
  processCells,
  toImage,
  toPrincipal,
} from './creation-row'
import { type RawRecordRef, storeRawRecords } from './raw-blocks'
import { type BatchCounts, type BatchReceipt, recordReceipt } from './receipt'

/**
 * Stores a batch whole or not at all: facts, correlation, original records, the import's receipt and checkpoint, and the work
 * that follows from it. Rows that are already there are counted and left alone.
 */
export async function writeBatch(
  pool: pg.Pool,
  creations: readonly IncomingCreation[],
  receipt: BatchReceipt,
): Promise<BatchCounts> {
  const hosts = await resolveHosts(pool, new Set(creations.map(({ hostName }) => hostName)))
  await ensurePartitions(
    pool,
    creations.map(({ event }) => event.time.us),
  )
  await ensureFileAndUserNames(pool, creations)
  const placed = creations.flatMap((creation) => {
    const host = hosts.get(creation.hostName)
    return host ? [{ creation, host }] : []
  })
  return transaction(pool, async (client) => {
    await lockHosts(
      client,
      placed.map(({ host }) => host.hostId),
    )
    const processes = await storeProcesses(client, placed)
    const executions = await storeExecutions(client, placed, receipt.importFileId)
    await queueFreshDays(client)
    const counts = { ...processes, ...executions }
    await recordReceipt(client, receipt, counts)
    return counts
  })
}

type Placed = { creation: IncomingCreation; host: HostRef }

async function ensureFileAndUserNames(pool: pg.Pool, creations: readonly IncomingCreation[]): Promise<void> {
  const images = creations.map(toImage)
  await ensureDictionary(
    pool,
    'image',
    images.map((image) => [
      imageId(image),
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
  const principals = creations.map(toPrincipal).filter((principal) => principal !== null)
  await ensureDictionary(
    pool,
    'principal',
    principals.map((principal) => [principalId(principal), principal.name, principal.sid]),
  )
}

/** One writer a host at a time; DO UPDATE rather than DO NOTHING, so that a wake-up cannot be lost to the worker's clearing. */
async function lockHosts(client: pg.PoolClient, hostIds: readonly number[]): Promise<void> {
  const sorted = [...new Set(hostIds)].sort((a, b) => a - b)
  await execute(
    client,
    sql`INSERT INTO host_work (host_id) SELECT unnest(${sorted}::int[])
        ON CONFLICT (host_id) DO UPDATE SET revision = host_work.revision`,
  )
}

/**
 * A record's identity names it to the second; exports of one record print its time to different digits,
 * so a stored row within the same second is the same record.
 */
const NOT_STORED = (table: 'process' | 'execution') =>
  `NOT EXISTS (SELECT 1 FROM ${table} s WHERE s.host_id = i.host_id AND s.id = i.id
     AND s.occurred_at >= date_trunc('second', i.occurred_at) AND s.occurred_at < date_trunc('second', i.occurred_at) + interval '1 second')`

async function storeProcesses(client: pg.PoolClient, placed: readonly Placed[]) {
  const columns = PROCESS_COLUMNS.join(', ')
  await client.query('CREATE TEMP TABLE incoming_process (LIKE process) ON COMMIT DROP')
  await copyRows(
    client,
    'incoming_process',
    PROCESS_COLUMNS,
    placed.map(({ creation, host }) => processCells(creation, host)),
  )
  await client.query(
    `CREATE TEMP TABLE fresh_process ON COMMIT DROP AS
     SELECT DISTINCT ON (host_id, id, date_trunc('second', occurred_at)) ${columns} FROM incoming_process i
     WHERE ${NOT_STORED('process')} ORDER BY host_id, id, date_trunc('second', occurred_at), occurred_at`,
  )
  const { rowCount } = await client.query(
    `INSERT INTO process (${columns}) SELECT ${columns} FROM fresh_process ON CONFLICT DO NOTHING`,
  )
  const processes = rowCount ?? 0
  return { processes, processesDuplicate: placed.length - processes }
}

async function storeExecutions(client: pg.PoolClient, placed: readonly Placed[], importFileId: number) {
  const proxies = placed.filter(({ creation }) => creation.entryId !== null)
  if (proxies.length === 0) return { executions: 0, executionsDuplicate: 0 }
  const columns = EXECUTION_COLUMNS.join(', ')
  await client.query('CREATE TEMP TABLE incoming_execution (LIKE execution, ordinal int) ON COMMIT DROP')
  await copyRows(
    client,
    'incoming_execution',
    [...EXECUTION_COLUMNS, 'ordinal'],
    proxies.map(({ creation, host }, ordinal) => [...executionCells(creation, host, importFileId), ordinal]),
  )
  await client.query(
    `CREATE TEMP TABLE fresh_execution ON COMMIT DROP AS
     SELECT DISTINCT ON (host_id, id, date_trunc('second', occurred_at)) ${columns}, ordinal FROM incoming_execution i
     WHERE ${NOT_STORED('execution')} ORDER BY host_id, id, date_trunc('second', occurred_at), occurred_at, ordinal`,
  )
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
  const executions = fresh.length - (await correlateBatch(client))
  return { executions, executionsDuplicate: proxies.length - executions }
}

function toRawRecords(proxies: readonly Placed[], ordinals: readonly number[]): RawRecordRef[] {
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

/** Every host is re-computed from the first day on which it gained a row. */
async function queueFreshDays(client: pg.PoolClient): Promise<void> {
  const days = await rows<{ host_id: number; day: string }>(
    client,
    sql`SELECT host_id, (min(occurred_at) AT TIME ZONE 'UTC')::date AS day FROM fresh_process GROUP BY host_id ORDER BY host_id`,
  )
  for (const { host_id, day } of days) await markDirty(client, [host_id], day)
  if (days.length > 0) await client.query('NOTIFY cordon_work')
}

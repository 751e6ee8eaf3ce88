import type pg from 'pg'
import { copyRows } from './copy'
import { markDirty } from './hosts'
import { correlateBatch } from './ingest/correlate-batch'
import { queueDays } from './ingest/dirty-days'
import { toTimestamp } from './pool'
import { execute, raw, rows, sql } from './sql'

/** A stored process that may belong to an entry. */
export type StoredProcess = {
  hostId: number
  /** Microseconds since 1970. */
  occurredAt: number
  id: string
  image: string
  originalFileName: string | null
  commandLine: string | null
}

export type MatchedProcess = StoredProcess & { entryId: number; hostedEntryId: number | null }

type Row = {
  host_id: number
  occurred_at: number
  id: string
  path: string
  original_file_name: string | null
  command_line: string | null
}

const BATCH = 5000

/** What to look for: file names (image or original, lower-case), and texts in command lines for what other programs run. */
export type RematchNames = { files: readonly string[]; hosted: readonly string[] }

/** Processes that are not executions yet and bear one of the names, in batches: one pass over stored processes by their key, in constant memory. */
export async function* listUnmatchedProcesses(
  client: pg.PoolClient,
  { files, hosted }: RematchNames,
): AsyncGenerator<StoredProcess[]> {
  const originals = files.flatMap((name) => [name, `${name}.mui`])
  const texts = hosted.map((name) => `%${name.replace(/[\\%_]/g, '\\$&')}%`)
  // along the key's index, not sorted beforehand
  await client.query('SET LOCAL cursor_tuple_fraction = 0.0001')
  await execute(
    client,
    sql`DECLARE unmatched NO SCROLL CURSOR FOR
        SELECT p.host_id, p.occurred_at, p.id, i.path, i.original_file_name, p.command_line
        FROM process p JOIN image i ON i.id = p.image_id
        WHERE (i.file_name = ANY(${[...files]}::text[]) OR lower(i.original_file_name) = ANY(${originals}::text[])
               OR p.command_line ILIKE ANY(${texts}::text[]))
        ORDER BY p.host_id, p.occurred_at, p.id`,
  )
  for (;;) {
    const found = await rows<Row>(client, sql`FETCH ${raw(String(BATCH))} FROM unmatched`)
    if (found.length > 0) yield found.map(toProcess)
    if (found.length < BATCH) break
  }
  await client.query('CLOSE unmatched')
}

function toProcess(row: Row): StoredProcess {
  return {
    hostId: row.host_id,
    occurredAt: row.occurred_at,
    id: row.id,
    image: row.path,
    originalFileName: row.original_file_name,
    commandLine: row.command_line,
  }
}

/** Opens the list that `keepMatches` adds to, for this transaction. */
export async function openMatches(client: pg.PoolClient): Promise<void> {
  await client.query(
    'CREATE TEMP TABLE matched (host_id int, occurred_at timestamptz, id bigint, entry_id int, hosted_entry_id int) ON COMMIT DROP',
  )
}

export async function keepMatches(client: pg.PoolClient, matches: readonly MatchedProcess[]): Promise<void> {
  await copyRows(
    client,
    'matched',
    ['host_id', 'occurred_at', 'id', 'entry_id', 'hosted_entry_id'],
    matches.map(({ hostId, occurredAt, id, entryId, hostedEntryId }) => [
      hostId,
      toTimestamp(occurredAt),
      id,
      entryId,
      hostedEntryId,
    ]),
  )
}

const MATCHED_EXECUTIONS =
  'matched m JOIN execution p ON p.host_id = m.host_id AND p.occurred_at = m.occurred_at AND p.id = m.id'

/**
 * Makes executions of the kept matches, which are processes no longer, and queues their hosts. They come from the file that their process came from, or from `importFileId` where that
 * was not noted. What only the original record said (integrity level, logon, the parent's
 * command line) is not known of them: processes are stored thin.
 */
export async function storeMatches(client: pg.PoolClient, importFileId: number): Promise<number> {
  const days = await rows<{ host_id: number; day: string }>(
    client,
    sql`SELECT host_id, (min(occurred_at) AT TIME ZONE 'UTC')::date AS day FROM matched GROUP BY host_id ORDER BY host_id`,
  )
  for (const { host_id, day } of days) await markDirty(client, [host_id], day)
  await client.query(
    `INSERT INTO command_text (month, id, text)
     SELECT DISTINCT date_trunc('month', p.occurred_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC', command_text_id(p.command_line), p.command_line
     FROM matched m JOIN process p ON p.host_id = m.host_id AND p.occurred_at = m.occurred_at AND p.id = m.id WHERE p.command_line IS NOT NULL ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
  )
  const added = await execute(
    client,
    sql`WITH p AS (
          DELETE FROM process p USING matched m WHERE p.host_id = m.host_id AND p.occurred_at = m.occurred_at AND p.id = m.id
          RETURNING p.*, m.entry_id, m.hosted_entry_id)
        INSERT INTO execution (host_id, occurred_at, id, tick, anchor_at, anchor_id, sensor, time_source, alias_id, entry_id, hosted_entry_id,
          pid, process_guid, parent_pid, parent_guid, image_id, launch_id, principal_id, command_text_id, import_file_id)
        SELECT p.host_id, p.occurred_at, p.id, 0, p.occurred_at, p.id, p.sensor, CASE WHEN p.sensor = 0 THEN 0 ELSE 1 END, p.alias_id,
          p.entry_id, p.hosted_entry_id, p.pid, p.process_guid, p.parent_pid, p.parent_guid, p.image_id, p.launch_id, p.principal_id,
          command_text_id(p.command_line), coalesce(p.import_file_id, ${importFileId})
        FROM p ON CONFLICT DO NOTHING`,
  )
  const { fewer, days: moved } = await correlateBatch(
    client,
    sql`(SELECT p.host_id, p.pid, p.occurred_at FROM ${raw(MATCHED_EXECUTIONS)}) AS fresh`,
    days.map(({ host_id }) => host_id),
  )
  await queueDays(client, moved)
  await client.query('NOTIFY cordon_work')
  return added - fewer
}

/** Queues every host with executions of an entry from its first one on: they come into use, or leave it. Answers the hosts. */
export async function queueHostsOf(client: pg.PoolClient, entryId: number): Promise<number> {
  const days = await rows<{ host_id: number; day: string }>(
    client,
    sql`SELECT host_id, (min(occurred_at) AT TIME ZONE 'UTC')::date AS day FROM execution
        WHERE entry_id = ${entryId} OR hosted_entry_id = ${entryId} GROUP BY host_id ORDER BY host_id`,
  )
  for (const { host_id, day } of days) await markDirty(client, [host_id], day)
  if (days.length > 0) await client.query('NOTIFY cordon_work')
  return days.length
}

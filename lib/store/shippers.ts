import type pg from 'pg'
import { storableText } from '@/lib/pipeline/storable-text'
import { openImportFile } from './imports'
import { type Db, execute, findRow, sql, transaction } from './sql'

/** A sender of events: the key it uses. Without a key (tests, benchmarks) its name is all there is. */
export type Shipper = { keyId: string | null; name: string }

/** The protocols that shippers speak: each is a file of the day's upload. */
export type ShipperProtocol = 'events' | 'elasticsearch' | 'splunk'

/** The file that takes in what a shipper sends by a protocol on a day; its upload is the day's line on the Imports page. */
export async function openShipperFile(
  pool: pg.Pool,
  shipper: Shipper,
  day: string,
  protocol: ShipperProtocol,
): Promise<number> {
  const name = `${shipper.name} ${day}`
  const found = await findRow<{ id: number }>(
    pool,
    sql`SELECT f.id FROM upload u JOIN import_file f ON f.upload_id = u.id AND f.path = ${protocol}
        WHERE u.channel = 'shipper' AND u.name = ${name} AND u.key_id IS NOT DISTINCT FROM ${shipper.keyId}::uuid ORDER BY u.created_at LIMIT 1`,
  )
  return found?.id ?? (await addShipperFile(pool, shipper, name, protocol))
}

async function addShipperFile(
  pool: pg.Pool,
  { keyId, name: actorName }: Shipper,
  name: string,
  protocol: ShipperProtocol,
): Promise<number> {
  return transaction(pool, async (client) => {
    const upload = await findRow<{ id: string; fresh: boolean }>(
      client,
      sql`INSERT INTO upload (channel, name, state, actor_name, key_id, started_at)
          VALUES ('shipper', ${name}, 'running', ${actorName}, ${keyId}::uuid, now())
          ON CONFLICT (key_id, name) DO UPDATE SET name = excluded.name RETURNING id, xmax = 0 AS fresh`,
    )
    if (!upload) throw new Error("a shipper's day was not opened")
    if (upload.fresh && keyId !== null) await closeDaysBefore(client, keyId, upload.id)
    return (await openImportFile(client, upload.id, protocol, 'json')).id
  })
}

async function closeDaysBefore(db: Db, keyId: string, uploadId: string): Promise<void> {
  await execute(
    db,
    sql`WITH over AS (
          UPDATE upload SET state = 'done', finished_at = now()
          WHERE channel = 'shipper' AND key_id = ${keyId}::uuid AND id <> ${uploadId}::uuid AND state = 'running' RETURNING id)
        UPDATE import_file SET state = 'done' WHERE upload_id IN (SELECT id FROM over)`,
  )
}

const MAX_ERROR = 300

/** Counts what a key sent, by the minute, and keeps the last thing that was wrong with it (null: nothing was). */
export async function noteKeyActivity(
  db: Db,
  keyId: string,
  events: number,
  error: string | null,
): Promise<void> {
  const text = error === null ? null : storableText(error.slice(0, MAX_ERROR))
  await execute(
    db,
    sql`INSERT INTO key_activity AS a (key_id, minute, events, last_error, last_error_at)
        VALUES (${keyId}::uuid, date_trunc('minute', now()), ${events}, ${text}, CASE WHEN ${text}::text IS NOT NULL THEN now() END)
        ON CONFLICT (key_id) DO UPDATE SET
          events_before = CASE a.minute WHEN excluded.minute THEN a.events_before
            WHEN excluded.minute - interval '1 minute' THEN a.events ELSE 0 END,
          events = CASE a.minute WHEN excluded.minute THEN a.events ELSE 0 END + excluded.events,
          minute = excluded.minute,
          last_error = coalesce(excluded.last_error, a.last_error),
          last_error_at = coalesce(excluded.last_error_at, a.last_error_at)`,
  )
}

import type pg from 'pg'
import type { Rejection } from '@/lib/pipeline/event/raw-record'
import { HOST_MISSING } from '@/lib/pipeline/normalise/record/result'
import { type Db, execute, findRow, raw, type Sql, sql } from '@/lib/store/sql'
import type { EventCounts } from './event-counts'

/** What a batch added. Records of a process that another sensor had already reported count as duplicates. */
export type BatchCounts = {
  processes: number
  processesDuplicate: number
  executions: number
  executionsDuplicate: number
  /** Of what is stored beside creations. */
  events: EventCounts
}

/** What an import remembers of a batch, written in the batch's own transaction. */
export type BatchReceipt = {
  importFileId: number
  /** Position of the batch's last record; null = more of the batch follows. */
  checkpoint: number | null
  /** How far positions of the batch's events are ahead of those of its rejections. */
  ahead?: number
  /** The file goes on for ever, as a shipper's day does: positions count the batch's records from 1 and go on from those before. */
  appends?: boolean
  /** Records read in this batch, rejected ones included. */
  records: number
  eventsByKind: Readonly<Record<string, number>>
  rejections: readonly Rejection[]
  /** Earliest and latest time among the batch's events, µs. */
  firstAtUs: number | null
  lastAtUs: number | null
}

/** Rejections kept a file; the rest are only counted. */
export const MAX_REJECTIONS_KEPT = 10_000

export async function recordReceipt(
  client: pg.PoolClient,
  receipt: BatchReceipt,
  counts: BatchCounts,
): Promise<void> {
  const { importFileId, rejections } = receipt
  const rejected = rejections.filter(({ isDamage }) => !isDamage).length
  const checkpoint = receipt.appends
    ? sql`records + ${receipt.records}`
    : sql`coalesce(${receipt.checkpoint}::int, checkpoint)`
  const after = await findRow<{ records: number; told: number }>(
    client,
    sql`UPDATE import_file SET
          checkpoint = ${checkpoint},
          records = records + ${receipt.records},
          events_by_kind = ${summed('events_by_kind', receipt.eventsByKind)},
          events_kept = ${summed('events_kept', counts.events.kept)},
          events_duplicate = ${summed('events_duplicate', counts.events.duplicate)},
          processes = processes + ${counts.processes},
          processes_duplicate = processes_duplicate + ${counts.processesDuplicate},
          executions = executions + ${counts.executions},
          executions_duplicate = executions_duplicate + ${counts.executionsDuplicate},
          rejected = rejected + ${rejected},
          damaged = damaged + ${rejections.length - rejected},
          hostless = hostless + ${rejections.filter(({ reason }) => reason === HOST_MISSING).length},
          first_at = least(first_at, ${toIso(receipt.firstAtUs)}::timestamptz),
          last_at = greatest(last_at, ${toIso(receipt.lastAtUs)}::timestamptz)
        WHERE id = ${importFileId} RETURNING records, rejected + damaged AS told`,
  )
  if (after && rejections.length > 0 && after.told - rejections.length < MAX_REJECTIONS_KEPT)
    await storeRejections(client, receipt, receipt.appends ? after.records - receipt.records : 0)
}

/** A JSON column of numbers by kind, with others added. */
function summed(column: string, more: Readonly<Record<string, number>>): Sql {
  if (Object.keys(more).length === 0) return raw(column)
  return sql`(SELECT coalesce(jsonb_object_agg(kind, n), '{}') FROM (
      SELECT kind, sum(n::bigint) AS n FROM (
        SELECT key AS kind, value AS n FROM jsonb_each_text(${raw(column)})
        UNION ALL SELECT key, value FROM jsonb_each_text(${JSON.stringify(more)}::jsonb)) AS both_sides
      GROUP BY kind) AS summed)`
}

/** `offset`: records of the file before those that the positions count. */
async function storeRejections(
  db: Db,
  { importFileId, rejections }: BatchReceipt,
  offset: number,
): Promise<void> {
  await execute(
    db,
    sql`INSERT INTO rejection (import_file_id, position, record_id, reason)
        SELECT ${importFileId}, position + ${offset}, record_id, reason
        FROM unnest(${rejections.map(({ position }) => position)}::int[], ${rejections.map(({ recordId }) => recordId)}::text[],
                    ${rejections.map(({ reason }) => reason.slice(0, 1000).replaceAll('\0', '␀'))}::text[]) AS r(position, record_id, reason)
        ON CONFLICT DO NOTHING`,
  )
}

function toIso(us: number | null): string | null {
  return us === null ? null : new Date(us / 1000).toISOString()
}

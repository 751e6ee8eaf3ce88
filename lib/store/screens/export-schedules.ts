import type { Rhythm } from '@/lib/pipeline/export/rhythm'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { ORPHAN_OF, orphanWords } from '../export-schedules'

/** One time that a schedule was due. Times in µs since 1970. */
export type ExportRunRow = {
  id: string
  name: string
  dueAt: number
  state: 'queued' | 'sent' | 'failed'
  attempts: number
  nextAt: number
  error: string | null
  file: string | null
  rows: number | null
  bytes: number | null
  sha256: string | null
  finishedAt: number | null
}

export type ScheduleRow = Rhythm & {
  id: number
  version: number
  name: string
  export: string
  /** Query string of the page. */
  filters: string
  gzip: boolean
  folder: string | null
  /** Of the webhook: its path may hold a secret. */
  url: string | null
  paused: boolean
  /** Why it is sent no more; null = it is. */
  stopped: string | null
  /** µs since 1970. */
  activeFrom: number
  /** The last run that is not waiting for its first attempt. */
  last: Pick<ExportRunRow, 'state' | 'finishedAt' | 'error' | 'rows' | 'bytes'> | null
}

const SHOWN_RUNS = 50

const NUMBERS = sql`r.rows::double precision AS rows, r.bytes::double precision AS bytes`

/** Every schedule by name, with what became of it last. For those who schedule exports. */
export async function listExportSchedules(): Promise<ScheduleRow[]> {
  const found = await rows<
    Omit<ScheduleRow, 'last' | 'stopped'> & { orphanOf: string | null } & {
      state: ExportRunRow['state'] | null
    } & Omit<NonNullable<ScheduleRow['last']>, 'state'>
  >(
    pool(),
    sql`SELECT s.id, s.version, s.name, s.export, s.filters, s.gzip, s.every, s.hour, s.weekday, s.folder, s.url, s.paused, ${ORPHAN_OF} AS "orphanOf",
          s.active_from AS "activeFrom", r.state, r.finished_at AS "finishedAt", r.error, ${NUMBERS}
        FROM export_schedule s LEFT JOIN LATERAL (
          SELECT * FROM export_run WHERE schedule_id = s.id AND (state <> 'queued' OR error IS NOT NULL) ORDER BY due_at DESC LIMIT 1) r ON true
        ORDER BY s.name, s.id`,
  )
  return found.map(({ state, finishedAt, error, rows: lines, bytes, url, orphanOf, ...schedule }) => ({
    ...schedule,
    stopped: orphanOf === null ? null : orphanWords(orphanOf),
    url: url === null ? null : new URL(url).origin,
    last: state === null ? null : { state, finishedAt, error, rows: lines, bytes },
  }))
}

/** What became of the last times that exports were due, the newest first. */
export async function listExportRuns(): Promise<ExportRunRow[]> {
  return await rows<ExportRunRow>(
    pool(),
    sql`SELECT r.id, s.name, r.due_at AS "dueAt", r.state, r.attempts, r.next_at AS "nextAt", r.error, r.file, ${NUMBERS}, r.sha256,
          r.finished_at AS "finishedAt"
        FROM export_run r JOIN export_schedule s ON s.id = r.schedule_id ORDER BY r.id DESC LIMIT ${SHOWN_RUNS}`,
  )
}

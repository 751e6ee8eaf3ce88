import { type Pool, pool } from '@/lib/store/pool'
import { findRow, rows, sql } from '@/lib/store/sql'
import { WORKER_NAME } from './health'

export type Status = {
  /** Workers that hold a connection. */
  workers: number
  databaseBytes: number
  /** Connections in use by this program, and the most that the server takes. */
  connections: { used: number; limit: number }
  /** Uploads that wait or are being read. */
  uploads: { state: string; uploads: number; oldestSeconds: number }[]
  /** Hosts whose days wait to be computed; `fromDay`: the earliest of them, 'YYYY-MM-DD'. */
  computing: { hosts: number; fromDay: string | null }
  jobs: { state: string; jobs: number }[]
  /** Sums over everything taken in, by the way it came. */
  taken: { channel: string; records: number; executions: number; duplicates: number; rejected: number }[]
  deviations: { state: string; deviations: number }[]
  decisions: { state: string; decisions: number }[]
}

/** How the installation stands: for monitoring and the status page. Nothing of it scans events. */
export async function loadStatus(db: Pool = pool()): Promise<Status> {
  const [server, uploads, computing, jobs, taken, deviations, decisions] = await Promise.all([
    findRow<{ workers: number; bytes: string; used: number; max: number }>(
      db,
      sql`SELECT count(*) FILTER (WHERE application_name = ${WORKER_NAME})::int AS workers, count(*)::int AS used,
            pg_database_size(current_database()) AS bytes, current_setting('max_connections')::int AS max
          FROM pg_stat_activity WHERE datname = current_database()`,
    ),
    rows<{ state: string; uploads: number; oldestSeconds: number }>(
      db,
      sql`SELECT state, count(*)::int AS uploads, coalesce(max(extract(epoch FROM now() - created_at)), 0)::float8 AS "oldestSeconds"
          FROM upload WHERE state IN ('receiving', 'queued', 'running', 'paused', 'interrupted') AND key_id IS NULL
          GROUP BY state ORDER BY state`,
    ),
    findRow<{ hosts: number; day: string | null }>(
      db,
      sql`SELECT count(*)::int AS hosts, min(dirty_from) AS day FROM host_work WHERE dirty_from IS NOT NULL`,
    ),
    rows<{ state: string; jobs: number }>(
      db,
      sql`SELECT state, count(*)::int AS jobs FROM job GROUP BY state ORDER BY state`,
    ),
    rows<Status['taken'][number]>(
      db,
      sql`SELECT u.channel, sum(f.records)::float8 AS records, sum(f.executions)::float8 AS executions,
            sum(f.executions_duplicate)::float8 AS duplicates, sum(f.rejected)::float8 AS rejected
          FROM import_file f JOIN upload u ON u.id = f.upload_id GROUP BY 1 ORDER BY 1`,
    ),
    rows<{ state: string; deviations: number }>(
      db,
      sql`SELECT state, count(*)::int AS deviations FROM deviation GROUP BY state ORDER BY state`,
    ),
    rows<{ state: string; decisions: number }>(
      db,
      sql`SELECT state, count(*)::int AS decisions FROM decision GROUP BY state ORDER BY state`,
    ),
  ])
  return {
    workers: server?.workers ?? 0,
    databaseBytes: Number(server?.bytes ?? 0),
    connections: { used: server?.used ?? 0, limit: server?.max ?? 0 },
    uploads,
    computing: { hosts: computing?.hosts ?? 0, fromDay: computing?.day ?? null },
    jobs,
    taken,
    deviations,
    decisions,
  }
}

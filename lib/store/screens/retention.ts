import { FACT_TABLES } from '@/lib/store/partitions'
import { pool } from '@/lib/store/pool'
import { readRetention, type StoredRetention } from '@/lib/store/retention'
import { rows, sql } from '@/lib/store/sql'

export type { StoredRetention }

/** How long facts are kept, as set. */
export async function loadRetention(): Promise<StoredRetention> {
  return await readRetention(pool())
}

/** A month of facts as it lies on disk. `executions` is what PostgreSQL last counted. */
export type StoredMonth = { month: string; executions: number; processes: number; sizeBytes: number }

/** Months that hold facts, the oldest first. */
export async function listStoredMonths(): Promise<StoredMonth[]> {
  return await rows<StoredMonth>(
    pool(),
    sql`SELECT replace(right(c.relname, 7), '_', '-') AS month,
          coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE p.relname = 'execution'), 0)::float8 AS executions,
          coalesce(sum(greatest(c.reltuples, 0)) FILTER (WHERE p.relname = 'process'), 0)::float8 AS processes,
          sum(pg_total_relation_size(c.oid))::float8 AS "sizeBytes"
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
        WHERE p.relname = ANY(${[...FACT_TABLES]}) AND c.relkind = 'r' GROUP BY 1 ORDER BY 1`,
  )
}

import type { Pool } from '@/lib/store/pool'
import { findRow, sql } from '@/lib/store/sql'

/** The binary that ran most in a fleet. @throws where nothing ran */
export async function busiestBinary(pool: Pool): Promise<{ id: number; slug: string; executions: string }> {
  const busiest = await findRow<{ id: number; slug: string; executions: string }>(
    pool,
    sql`SELECT c.id, c.slug, sum(u.executions) AS executions FROM use_day u JOIN catalogue_entry c ON c.id = u.entry_id
        GROUP BY c.id, c.slug ORDER BY 3 DESC LIMIT 1`,
  )
  if (busiest === null) throw new Error('Nothing is there: see npm run bench -- generate.')
  return busiest
}

import type { QueryResultRow } from 'pg'
import { pool } from '@/lib/store/pool'
import { execute, rows, type Sql, sql, transaction } from '@/lib/store/sql'

/**
 * Rows of a query that joins use to the input of a replay. What a predicate says comes as bits, which the planner takes for rare: left alone it goes
 * through use and lists row by row, thousands of times. Hashes of the busiest binary's hosts and people fit the memory given here.
 */
export async function replayRows<T extends QueryResultRow>(query: Sql): Promise<T[]> {
  return await transaction(pool(), async (client) => {
    await execute(
      client,
      sql`SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`,
    )
    return await rows<T>(client, query)
  })
}

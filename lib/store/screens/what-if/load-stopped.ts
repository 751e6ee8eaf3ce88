import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'
import { inputTables, isInterrupted, joinInput, type ReplayInput } from './replay-input'

/** Deviations of a binary by what people said of them: how many the first plan would have stopped at least once, and how many it misses whole. */
export type StoppedDeviations = { state: string; stopped: number; missed: number }[]

export async function loadStoppedDeviations(input: ReplayInput): Promise<StoppedDeviations> {
  const { joins, bits } = joinInput(input)
  const found = await rows<{ state: string; stopped: string; missed: string }>(
    pool(),
    sql`WITH ${inputTables(input)},
        judged AS (
          SELECT d.id, d.state, bool_or(${isInterrupted(input, bits)}) AS stopped
          FROM deviation d JOIN deviation_hit u ON u.deviation_id = d.id ${joins}
          WHERE d.entry_id = ${input.entryId} GROUP BY d.id, d.state)
        SELECT state, count(*) FILTER (WHERE stopped) AS stopped, count(*) FILTER (WHERE NOT stopped) AS missed
        FROM judged GROUP BY state ORDER BY state`,
  )
  return found.map((row) => ({ ...row, stopped: Number(row.stopped), missed: Number(row.missed) }))
}

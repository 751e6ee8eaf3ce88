import { ACQUAINTANCE_WINDOW_DAYS } from '@/lib/pipeline/deviation/weights'
import { type Db, rows, sql } from '@/lib/store/sql'

/** On how many days each host reported any process, of those before a day that count for how well it is known; hosts without one are left out. */
export async function countReportedDays(
  db: Db,
  hostIds: readonly number[],
  day: string,
): Promise<Map<number, number>> {
  const found = await rows<{ host_id: number; days: number }>(
    db,
    sql`SELECT host_id, count(DISTINCT day)::int AS days FROM coverage WHERE host_id = ANY(${[...hostIds]}::int[])
          AND day < ${day}::date AND day >= ${day}::date - ${ACQUAINTANCE_WINDOW_DAYS}::int GROUP BY host_id`,
  )
  return new Map(found.map(({ host_id, days }) => [host_id, days]))
}

/** All days on which each host reported any process, as days since 1970, ascending. */
export async function loadReportedDays(db: Db, hostIds: readonly number[]): Promise<Map<number, number[]>> {
  const found = await rows<{ host_id: number; days: number[] }>(
    db,
    sql`SELECT host_id, array_agg(DISTINCT day - '1970-01-01'::date ORDER BY day - '1970-01-01'::date) AS days FROM coverage
        WHERE host_id = ANY(${[...hostIds]}::int[]) GROUP BY host_id`,
  )
  return new Map(found.map(({ host_id, days }) => [host_id, days]))
}

import { decayWeights, type Learning } from '@/lib/pipeline/baseline/decay'
import type { SignatureHistory } from '@/lib/pipeline/baseline/host-baseline'
import { type Db, rows, sql } from '@/lib/store/sql'

type Row = {
  host_id: number
  signature_id: string
  trusted_weight: string
  observed_hours: string
  days: string
  first_day: number
  last_day: number
  refused: boolean
}

/** What each host did before a day, within the learning window: by host, then signature. Hours of several users count once. */
export async function loadHistory(
  db: Db,
  hostIds: readonly number[],
  day: string,
  learning: Learning,
): Promise<Map<number, Map<string, SignatureHistory>>> {
  const found = await rows<Row>(
    db,
    sql`WITH by_day AS (
          SELECT host_id, signature_id, day, coalesce(bit_or(hours) FILTER (WHERE trusted), 0) AS trusted_hours,
                 bit_or(hours) AS hours, bool_or(refused) AS refused
          FROM usage WHERE host_id = ANY(${[...hostIds]}::int[]) AND day < ${day}::date AND day >= ${day}::date - ${learning.windowDays}::int
          GROUP BY host_id, signature_id, day)
        SELECT host_id, signature_id,
          sum(bit_count(trusted_hours::bit(24)) * (${[...decayWeights(learning)]}::int[])[${day}::date - day + 1]) AS trusted_weight,
          sum(bit_count(hours::bit(24))) AS observed_hours, count(*) AS days,
          min(day) - '1970-01-01'::date AS first_day, max(day) - '1970-01-01'::date AS last_day, bool_or(refused) AS refused
        FROM by_day GROUP BY host_id, signature_id`,
  )
  const byHost = new Map<number, Map<string, SignatureHistory>>(hostIds.map((id) => [id, new Map()]))
  for (const row of found)
    byHost.get(row.host_id)?.set(row.signature_id, {
      trustedWeight: Number(row.trusted_weight),
      observedHours: Number(row.observed_hours),
      days: Number(row.days),
      firstDay: row.first_day,
      lastDay: row.last_day,
      refused: row.refused,
    })
  return byHost
}

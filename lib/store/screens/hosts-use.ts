import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { rows, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from './data-window'
import { type Remembered, remembered } from './remembered'

/** What a host reported and used in a window, as PostgreSQL prints it; null = nothing of that. */
export type HostFacts = {
  host_id: number
  last_at: string | null
  sensors: number[] | null
  /** Days with telemetry, the first and last of them, and the most from one to the next. */
  days: number | null
  first_day: string | null
  last_day: string | null
  longest_step: number | null
  creations: string | null
  with_command_line: string | null
  with_parent: string | null
  binaries: number | null
  executions: string | null
  score: number | null
  least_shift: number | null
  greatest_shift: number | null
}

/** Of every host in sight that reported or used anything. */
export async function loadHostsUse(
  scope: Scope,
  window: DataWindow | null,
): Promise<Remembered<HostFacts[]>> {
  if (window === null) return { value: [], at: null }
  return await remembered('use of all hosts', scope, window, () => loadUseNow(scope, window))
}

async function loadUseNow(scope: Scope, window: DataWindow): Promise<HostFacts[]> {
  const inside = sql`${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}`
  return await rows<HostFacts>(
    pool(),
    sql`WITH daily AS (
          SELECT host_id, day, max(last_at) AS last_at, bit_or(1 << sensor) AS sensors, max(creations) AS creations,
            max(with_command_line) AS with_command_line, max(with_parent) AS with_parent,
            day - lag(day) OVER (PARTITION BY host_id ORDER BY day) AS step
          FROM coverage WHERE true ${inside} GROUP BY host_id, day),
        covered AS (
          SELECT host_id, max(last_at)::text AS last_at, count(*)::int AS days, sum(creations) AS creations,
            sum(with_command_line) AS with_command_line, sum(with_parent) AS with_parent,
            min(day) AS first_day, max(day) AS last_day, max(step) AS longest_step, bit_or(sensors) AS sensors
          FROM daily GROUP BY host_id),
        used AS (
          SELECT host_id, count(*)::int AS binaries, sum(executions) AS executions, max(score) AS score FROM (
            SELECT host_id, entry_id, sum(executions) AS executions, max(score_millibits) AS score
            FROM usage WHERE true ${inside} GROUP BY host_id, entry_id) u GROUP BY host_id),
        shifted AS (
          SELECT host_id, min(least_shift) AS least_shift, max(greatest_shift) AS greatest_shift
          FROM telemetry WHERE least_shift IS NOT NULL ${inside} GROUP BY host_id)
        SELECT host_id, c.last_at, c.days, c.creations, c.with_command_line, c.with_parent, c.first_day, c.last_day, c.longest_step,
          (SELECT array_agg(n) FROM generate_series(0, 30) n WHERE c.sensors & (1 << n) <> 0) AS sensors,
          u.binaries, u.executions, u.score, s.least_shift, s.greatest_shift
        FROM covered c FULL JOIN used u USING (host_id) FULL JOIN shifted s USING (host_id)`,
  )
}

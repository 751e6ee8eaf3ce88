import type { Scope } from '@/lib/pipeline/actor'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { findRow, join, raw, type Sql, sql } from '@/lib/store/sql'
import { type DataWindow, inWindow } from './data-window'
import { type Remembered, remembered } from './remembered'

/** What a host reported and used in a window: the columns and their types. Null = nothing of that. */
const COLUMNS = {
  host_id: 'int',
  /** A bit each. */
  sensors: 'int',
  /** Days with telemetry, the first and last of them, and the most from one to the next. */
  days: 'int',
  first_day: 'date',
  last_day: 'date',
  longest_step: 'int',
  creations: 'bigint',
  with_command_line: 'bigint',
  with_parent: 'bigint',
  binaries: 'int',
  executions: 'bigint',
  score: 'int',
  least_shift: 'int',
  greatest_shift: 'int',
} as const
const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]

/** Each column over all hosts, an array as PostgreSQL prints it: ten thousand rows go out and come back without being taken apart. */
export type HostsUse = Record<keyof typeof COLUMNS, string | null>

/** Of every host in sight that reported or used anything. */
export async function loadHostsUse(
  scope: Scope,
  window: DataWindow | null,
): Promise<Remembered<HostsUse | null>> {
  if (window === null) return { value: null, at: null }
  return await remembered('use of all hosts', scope, window, () => loadUseNow(scope, window))
}

/** The same as a table to select from. */
export function hostsUseTable(use: HostsUse | null): Sql {
  const columns = NAMES.map((name) => sql`${use?.[name] ?? '{}'}::${raw(COLUMNS[name])}[]`)
  return sql`SELECT * FROM unnest(${join(columns)}) AS t(${raw(NAMES.join(', '))})`
}

async function loadUseNow(scope: Scope, window: DataWindow): Promise<HostsUse | null> {
  const inside = sql`${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}`
  return await findRow<HostsUse>(
    pool(),
    sql`WITH daily AS (
          SELECT host_id, day, bit_or(1 << sensor) AS sensors, max(creations) AS creations,
            max(with_command_line) AS with_command_line, max(with_parent) AS with_parent,
            day - lag(day) OVER (PARTITION BY host_id ORDER BY day) AS step
          FROM coverage WHERE true ${inside} GROUP BY host_id, day),
        covered AS (
          SELECT host_id, count(*)::int AS days, sum(creations) AS creations,
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
        SELECT ${raw(NAMES.map((name) => `array_agg(${name})::text AS ${name}`).join(', '))}
        FROM covered FULL JOIN used USING (host_id) FULL JOIN shifted USING (host_id)`,
  )
}

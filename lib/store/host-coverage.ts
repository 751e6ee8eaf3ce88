import {
  type CoverageClass,
  classifyCoverage,
  LONGEST_GAP_DAYS,
  REPORTING_SHARE,
} from '@/lib/pipeline/baseline/coverage'
import { type HostScope, inScope } from './scope'
import { type Db, rows, type Sql, sql } from './sql'

/** Share of hosts whose history may begin earlier, or end later, than what is said of all: that of a log from years ago, of a clock that is ahead. */
const STRAY_SHARE = 0.1

/** A relation of the first and last day of each host in scope that reported process creations: (first, last). */
export function hostSpans(scope: HostScope): Sql {
  return sql`(SELECT min(day) AS first, max(day) AS last FROM coverage WHERE true ${inScope(scope, sql`host_id`)} GROUP BY host_id)`
}

/** Over hostSpans: the days between which hosts report, strays aside. */
export const COMMON_FIRST = sql`percentile_disc(${STRAY_SHARE}::float8) WITHIN GROUP (ORDER BY first)`
export const COMMON_LAST = sql`percentile_disc(${1 - STRAY_SHARE}::float8) WITHIN GROUP (ORDER BY last)`

/** A host in sight, and whether something unseen on it can be taken to be absent. */
export type CoveredHost = {
  hostId: number
  name: string
  coverage: CoverageClass
  /** Days on which it reported anything. */
  days: number
}

/**
 * `classifyCoverage` as an expression, for lists that filter and sort by it. `c` holds what it reads of a host between two days:
 * first_day, last_day, longest_step, creations, with_command_line and with_parent, all null for a silent one.
 */
export function coverageClassOf(window: { from: string; to: string }): Sql {
  return sql`CASE WHEN coalesce(c.creations, 0) = 0 THEN 'silent'
      WHEN c.with_command_line < c.creations * ${REPORTING_SHARE}::numeric THEN 'no-command-lines'
      WHEN c.first_day - ${window.from}::date < ${LONGEST_GAP_DAYS}::int AND ${window.to}::date - c.last_day < ${LONGEST_GAP_DAYS}::int
        AND coalesce(c.longest_step, 1) <= ${LONGEST_GAP_DAYS}::int AND c.with_parent >= c.creations * ${REPORTING_SHARE}::numeric THEN 'full'
      ELSE 'partial' END`
}

type Row = {
  id: number
  name: string
  from_day: number
  to_day: number
  first_day: number | null
  last_day: number | null
  longest_step: number | null
  creations: string | null
  with_command_line: string | null
  with_parent: string | null
  days: string
}

/**
 * Every host that the actor may see, with what it reported between two days (both included). Of several sensors the day's best one counts.
 */
export async function loadHostCoverage(
  db: Db,
  scope: HostScope,
  window: { from: string; to: string },
): Promise<CoveredHost[]> {
  const found = await rows<Row>(
    db,
    sql`WITH daily AS (
          SELECT host_id, day, max(creations) AS creations, max(with_command_line) AS with_command_line, max(with_parent) AS with_parent,
                 day - lag(day) OVER (PARTITION BY host_id ORDER BY day) AS step
          FROM coverage WHERE day BETWEEN ${window.from}::date AND ${window.to}::date GROUP BY host_id, day),
        covered AS (
          SELECT host_id, min(day) - '1970-01-01'::date AS first_day, max(day) - '1970-01-01'::date AS last_day, max(step) AS longest_step,
            sum(creations) AS creations, sum(with_command_line) AS with_command_line, sum(with_parent) AS with_parent, count(*) AS days
          FROM daily GROUP BY host_id)
        SELECT h.id, h.name, ${window.from}::date - '1970-01-01'::date AS from_day, ${window.to}::date - '1970-01-01'::date AS to_day,
          c.first_day, c.last_day, c.longest_step, c.creations, c.with_command_line, c.with_parent, coalesce(c.days, 0) AS days
        FROM host h LEFT JOIN covered c ON c.host_id = h.id
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ${inScope(scope, sql`h.id`)}
        ORDER BY h.name`,
  )
  return found.map((row) => ({
    hostId: row.id,
    name: row.name,
    days: Number(row.days),
    coverage: classifyCoverage(
      {
        firstDay: row.first_day,
        lastDay: row.last_day,
        longestStepDays: row.longest_step ?? 1,
        creations: Number(row.creations ?? 0),
        withCommandLine: Number(row.with_command_line ?? 0),
        withParent: Number(row.with_parent ?? 0),
      },
      row.from_day,
      row.to_day,
    ),
  }))
}

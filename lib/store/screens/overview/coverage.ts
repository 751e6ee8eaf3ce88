import type { Scope } from '@/lib/pipeline/actor'
import { COMMON_MIN_AGE_DAYS } from '@/lib/pipeline/baseline/weights'
import {
  OUTCOMES,
  SENSORS,
  type Sensor,
  TELEMETRY_KINDS,
  type TelemetryKind,
} from '@/lib/pipeline/event/event'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { type DataWindow, inWindow } from '@/lib/store/screens/data-window'
import { MASQUERADES, masqueradesAs } from '@/lib/store/screens/masquerading'
import { findRow, rows, sql } from '@/lib/store/sql'

/** What the hosts in scope reported in the window. */
export type FleetCoverage = {
  hosts: number
  /** Hosts that reported nothing in the window. */
  silent: number
  /** Hosts that sent command lines with less than half of their process creations. */
  withoutCommandLines: number
  /** Hosts that used a proxy binary on days at least COMMON_MIN_AGE_DAYS apart: their baseline can call a pattern common. */
  withBaseline: number
  bySensor: { sensor: Sensor; hosts: number }[]
  /** Process creations as records, and what they carry. */
  creations: number
  withParent: number
  withCommandLine: number
  withHash: number
  /** Executions in the window whose binary was renamed, lay in an unexpected folder, or was another program under its name. */
  masquerading: number
  executions: number
  /** Hosts from which each kind of event arrived. */
  sending: Sending
  /** Attempts that the worker has counted, and those that a control blocked. */
  attempts: number
  attemptsBlocked: number
}

type Sending = {
  modules: number
  connections: number
  attempts: number
  policies: number
  /** Attempts or policies: the log of a control arrives. */
  controls: number
}

type Sums = {
  silent: string
  without: string
  hosts: string
  creations: string | null
  parents: string | null
  lines: string | null
  hashes: string | null
}

/** Whose absence is worth a line; others are shown where they report. */
const EXPECTED: ReadonlySet<Sensor> = new Set(['sysmon', 'security', 'defender'])

export async function readFleetCoverage(scope: Scope, window: DataWindow): Promise<FleetCoverage> {
  const [sums, sensors, baselines, use, sending, attempts] = await Promise.all([
    sumCoverage(scope, window),
    countSensors(scope, window),
    countBaselines(scope),
    countUse(scope, window),
    countSending(scope, window),
    countAttempts(scope, window),
  ])
  return {
    hosts: Number(sums?.hosts ?? 0),
    silent: Number(sums?.silent ?? 0),
    withoutCommandLines: Number(sums?.without ?? 0),
    withBaseline: Number(baselines?.hosts ?? 0),
    bySensor: SENSORS.flatMap((sensor, index) => {
      const hosts = sensors.get(index) ?? 0
      return hosts > 0 || EXPECTED.has(sensor) ? [{ sensor, hosts }] : []
    }),
    creations: Number(sums?.creations ?? 0),
    withParent: Number(sums?.parents ?? 0),
    withCommandLine: Number(sums?.lines ?? 0),
    withHash: Number(sums?.hashes ?? 0),
    masquerading: Number(use?.masquerading ?? 0),
    executions: Number(use?.executions ?? 0),
    sending,
    attempts: Number(attempts?.all ?? 0),
    attemptsBlocked: Number(attempts?.blocked ?? 0),
  }
}

/** A process that two sensors report counts once: by the sensor that reports more. */
function sumCoverage(scope: Scope, window: DataWindow): Promise<Sums | null> {
  return findRow<Sums>(
    pool(),
    sql`WITH daily AS (
          SELECT host_id, day, max(creations) AS creations, max(with_parent) AS parents, max(with_command_line) AS lines, max(with_hash) AS hashes
          FROM coverage WHERE true ${inWindow(window, sql`day`)} GROUP BY host_id, day),
        host_sum AS (
          SELECT host_id, sum(creations) AS creations, sum(parents) AS parents, sum(lines) AS lines, sum(hashes) AS hashes
          FROM daily GROUP BY host_id)
        SELECT count(*) AS hosts, count(*) FILTER (WHERE s.host_id IS NULL) AS silent,
          count(*) FILTER (WHERE s.lines * 2 < s.creations) AS without,
          sum(s.creations) AS creations, sum(s.parents) AS parents, sum(s.lines) AS lines, sum(s.hashes) AS hashes
        FROM host h LEFT JOIN host_sum s ON s.host_id = h.id
        WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id) ${inScope(scope, sql`h.id`)}`,
  )
}

async function countSensors(scope: Scope, window: DataWindow): Promise<Map<number, number>> {
  const found = await rows<{ sensor: number; hosts: string }>(
    pool(),
    sql`SELECT sensor, count(DISTINCT host_id) AS hosts FROM coverage
        WHERE true ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)} GROUP BY sensor`,
  )
  return new Map(found.map(({ sensor, hosts }) => [sensor, Number(hosts)]))
}

function countBaselines(scope: Scope) {
  return findRow<{ hosts: string }>(
    pool(),
    sql`SELECT count(*) AS hosts FROM (
          SELECT host_id FROM usage WHERE true ${inScope(scope, sql`host_id`)}
          GROUP BY host_id HAVING max(day) - min(day) >= ${COMMON_MIN_AGE_DAYS}::int) mature`,
  )
}

function countUse(scope: Scope, window: DataWindow) {
  return findRow<{ executions: string; masquerading: string | null }>(
    pool(),
    sql`SELECT coalesce(sum(u.executions), 0) AS executions,
          sum(u.executions) FILTER (WHERE ${masqueradesAs(MASQUERADES)}) AS masquerading
        FROM usage u JOIN signature s ON s.id = u.signature_id
        WHERE true ${inWindow(window, sql`u.day`)} ${inScope(scope, sql`u.host_id`)}`,
  )
}

async function countSending(scope: Scope, window: DataWindow): Promise<Sending> {
  const hostsWith = (...kinds: TelemetryKind[]) =>
    sql`count(DISTINCT host_id) FILTER (WHERE kind = ANY(${kinds.map((kind) => TELEMETRY_KINDS.indexOf(kind))}::int[]))::int`
  const found = await findRow<Sending>(
    pool(),
    sql`SELECT ${hostsWith('module-load')} AS modules, ${hostsWith('network-connection')} AS connections,
          ${hostsWith('attempt')} AS attempts, ${hostsWith('policy-state')} AS policies, ${hostsWith('attempt', 'policy-state')} AS controls
        FROM telemetry WHERE true ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}`,
  )
  return found ?? { modules: 0, connections: 0, attempts: 0, policies: 0, controls: 0 }
}

function countAttempts(scope: Scope, window: DataWindow) {
  return findRow<{ all: string; blocked: string }>(
    pool(),
    sql`SELECT coalesce(sum(attempts), 0) AS all, coalesce(sum(attempts) FILTER (WHERE outcome = ${OUTCOMES.indexOf('blocked')}), 0) AS blocked
        FROM attempt_day WHERE true ${inWindow(window, sql`day`)} ${inScope(scope, sql`host_id`)}`,
  )
}

import { Counter, collectDefaultMetrics, Gauge, Registry, register } from 'prom-client'
import type { Status } from '@/lib/store/screens/status'

/** Of this process, once: memory, event loop, garbage collection. */
function processMetrics(): void {
  if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined)
    collectDefaultMetrics({ register })
}

const SECONDS_A_DAY = 86_400

/** Everything Prometheus asks for (text format 0.0.4): this process's own figures, and those of the installation that every process gives alike. */
export async function toMetricsText(status: Status, now: Date): Promise<string> {
  processMetrics()
  const installation = new Registry()
  const gauge = (
    name: string,
    help: string,
    values: readonly (readonly [number, Record<string, string>?])[],
  ) => {
    const labelNames = [...new Set(values.flatMap(([, labels]) => Object.keys(labels ?? {})))]
    const made = new Gauge({ name, help, labelNames, registers: [installation] })
    for (const [value, labels] of values) made.set(labels ?? {}, value)
  }
  gauge('cordon_workers', 'Workers connected to the database.', [[status.workers]])
  gauge('cordon_database_bytes', 'Size of the database.', [[status.databaseBytes]])
  gauge('cordon_database_connections', 'Connections to the database.', [[status.connections.used]])
  gauge('cordon_database_connections_limit', 'Connections that the server takes.', [
    [status.connections.limit],
  ])
  gauge(
    'cordon_uploads',
    'Uploads that are not finished.',
    status.uploads.map(({ state, uploads }) => [uploads, { state }]),
  )
  gauge(
    'cordon_uploads_oldest_seconds',
    'Age of the oldest unfinished upload.',
    status.uploads.map(({ state, oldestSeconds }) => [oldestSeconds, { state }]),
  )
  gauge('cordon_computing_hosts', 'Hosts whose days wait to be computed.', [[status.computing.hosts]])
  gauge('cordon_computing_lag_days', 'Days between the earliest day that waits and today.', [
    [lagDays(status, now)],
  ])
  gauge(
    'cordon_jobs',
    'Jobs for the worker.',
    status.jobs.map(({ state, jobs }) => [jobs, { state }]),
  )
  for (const count of ['records', 'executions', 'duplicates', 'rejected'] as const) {
    const name = `cordon_ingested_${count}_total`
    const taken = new Counter({ name, help: HELP[count], labelNames: ['channel'], registers: [installation] })
    for (const one of status.taken) taken.inc({ channel: one.channel }, one[count])
  }
  gauge(
    'cordon_deviations',
    'Deviations by state.',
    status.deviations.map(({ state, deviations }) => [deviations, { state }]),
  )
  gauge(
    'cordon_decisions',
    'Decisions by state.',
    status.decisions.map(({ state, decisions }) => [decisions, { state }]),
  )
  return `${await register.metrics()}\n${await installation.metrics()}`
}

const HELP = {
  records: 'Records read, rejected ones included.',
  executions: 'New executions of proxy binaries.',
  duplicates: 'Executions that were stored already.',
  rejected: 'Records that could not be read.',
}

function lagDays(status: Status, now: Date): number {
  const from = status.computing.fromDay
  return from === null
    ? 0
    : Math.max(0, Math.floor((now.getTime() - Date.parse(`${from}T00:00:00Z`)) / 1000 / SECONDS_A_DAY))
}

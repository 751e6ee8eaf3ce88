import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { parseJson } from '@/lib/pipeline/parse/json'
import { copyRows } from '@/lib/store/copy'
import { closePool, pool } from '@/lib/store/pool'
import { print } from './measuring/print'
import { measuredOnce, processorOf } from './measuring/processor-time'
import { secondsOf, shareOf } from './measuring/seconds-of'
import { winlogbeatLines } from './measuring/winlogbeat-lines'

/**
 * `npm run bench -- import [hosts] [days]`: simulated winlogbeat NDJSON, from bytes to stored and correlated executions, beside the same run's limits:
 * bare JSON.parse of the same lines, and raw COPY of the same text into one column.
 */
const [hosts = 120, days = 6] = process.argv.slice(2).map(Number)

const lines = winlogbeatLines(hosts, days)
const bytes = Buffer.from(lines.join('\n'))
print(
  `${lines.length} records, ${Math.round(bytes.length / lines.length)} bytes each, ${hosts} hosts × ${days} days`,
)

const parse = await secondsOf(async () => {
  for (const line of lines) JSON.parse(line)
})
const events = await secondsOf(async () => {
  for await (const item of parseJson(pieces()))
    if (item.kind === 'record') toEvent(item.record, { defaultHost: null })
})
await ensureCatalogue(pool())
const copied = await measuredOnce(pool(), rawCopy)
const copy = copied.wall / 1000
const imported = await measuredOnce(pool(), () => importBytes(pool(), 'command-line', 'bench.ndjson', bytes))
const stored = imported.wall / 1000
const executions = await countExecutions()
const computed = await measuredOnce(pool(), () => finishWork(pool(), () => undefined))
const scored = computed.wall / 1000
await closePool()

report('bare JSON.parse of each line', parse)
report('bytes to events', events)
print(`  = ${shareOf(parse, events)} of bare JSON.parse`)
report('raw COPY of the same text', copy)
report('bytes to stored, correlated executions', stored)
print(`  = ${shareOf(copy, stored)} of raw COPY, ${shareOf(parse, stored)} of bare JSON.parse`)
print(
  `  processor time a record: ${perRecord(imported.own)} µs of the reader and ${perRecord(imported.database)} µs of the database, beside ${perRecord(copied.own)} and ${perRecord(copied.database)} µs of raw COPY = ${shareOf(processorOf(copied), processorOf(imported))}`,
)
print(
  `computing ${executions} executions behind it: ${scored.toFixed(1)} s, ${Math.round(executions / scored)} executions/s; processor time an execution: ${perExecution(computed.own)} µs of the worker and ${perExecution(computed.database)} µs of the database`,
)

async function* pieces(): AsyncGenerator<Uint8Array> {
  const PIECE = 256 * 1024
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
}

async function rawCopy(): Promise<void> {
  const client = await pool().connect()
  await client.query('CREATE TEMP TABLE raw_line (line text)')
  await copyRows(
    client,
    'raw_line',
    ['line'],
    lines.map((line) => [line]),
  )
  await client.query('DROP TABLE raw_line')
  client.release()
}

async function countExecutions(): Promise<number> {
  const { rows } = await pool().query<{ n: string }>(
    'SELECT count(*) AS n FROM execution WHERE anchor_id = id',
  )
  return Number(rows[0]?.n)
}

function report(what: string, seconds: number): void {
  print(
    `${what}: ${seconds.toFixed(2)} s, ${Math.round(lines.length / seconds)} records/s, ${Math.round(bytes.length / 1e6 / seconds)} MB/s`,
  )
}

function perRecord(milliseconds: number): string {
  return ((milliseconds * 1000) / lines.length).toFixed(0)
}

function perExecution(milliseconds: number): string {
  return ((milliseconds * 1000) / executions).toFixed(0)
}

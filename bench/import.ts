import { parseArgs } from 'node:util'
import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { toEvent } from '@/lib/pipeline/normalise/record/to-event'
import { parseJson } from '@/lib/pipeline/parse/json'
import { copyRows } from '@/lib/store/copy'
import { closePool, pool } from '@/lib/store/pool'
import { print } from './measuring/print'
import { type Measure, measuredOnce, processorOf } from './measuring/processor-time'
import { shareOf } from './measuring/seconds-of'
import { winlogbeatLines } from './measuring/winlogbeat-lines'

/**
 * `npm run bench -- import [hosts] [days] [--proxies PERCENT]`: simulated winlogbeat NDJSON, from bytes to stored and correlated executions, beside the same run's
 * limits: bare JSON.parse of the same lines, and raw COPY of the same text into one column. Process creations, unless it is said how many in a hundred
 * records are proxy executions: 3 is a log of everything, 100 leaves nothing else.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { proxies: { type: 'string' } },
})
const [hosts = 120, days = 6] = positionals.map(Number)

const lines = winlogbeatLines(hosts, days, values.proxies === undefined ? undefined : Number(values.proxies))
const bytes = Buffer.from(lines.join('\n'))
print(
  `${lines.length} records, ${Math.round(bytes.length / lines.length)} bytes each, ${hosts} hosts × ${days} days`,
)

const parsed = await withoutDatabase(async () => {
  for (const line of lines) JSON.parse(line)
})
const read = await withoutDatabase(async () => {
  for await (const item of parseJson(pieces()))
    if (item.kind === 'record') toEvent(item.record, { defaultHost: null })
})
await ensureCatalogue(pool())
const copied = await measuredOnce(pool(), rawCopy)
const records = lines.length
// what is collected while it imports is its own
lines.length = 0
const imported = await measuredOnce(pool(), () => importBytes(pool(), 'command-line', 'bench.ndjson', bytes))
const executions = await countExecutions()
const computed = await measuredOnce(pool(), () => finishWork(pool(), () => undefined))
await closePool()

report('bare JSON.parse of each line', parsed)
report('bytes to events', read)
print(`  = ${shares(parsed, read)} of bare JSON.parse`)
report('raw COPY of the same text', copied)
report('bytes to stored, correlated executions', imported)
print(`  = ${shares(copied, imported)} of raw COPY, ${shares(parsed, imported)} of bare JSON.parse`)
print(
  `computing ${executions} executions behind it: ${(computed.wall / 1000).toFixed(1)} s, ${Math.round((executions / computed.wall) * 1000)} executions/s; ${timesOf(computed, executions)} an execution`,
)

/** What the database does meanwhile is its own: it tidies up. */
async function withoutDatabase(act: () => Promise<void>): Promise<Measure> {
  return { ...(await measuredOnce(pool(), act)), database: 0 }
}

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

function report(what: string, measure: Measure): void {
  const { wall } = measure
  print(
    `${what}: ${(wall / 1000).toFixed(2)} s, ${Math.round((records / wall) * 1000)} records/s, ${Math.round(bytes.length / 1000 / wall)} MB/s; ${timesOf(measure, records)} a record`,
  )
}

/** Of each of so many. */
function timesOf({ own, database }: Measure, count: number): string {
  const us = (ms: number) => ((ms * 1000) / count).toFixed(1)
  return `${us(own)} µs of our processor time and ${us(database)} µs of the database's`
}

function shares(limit: Measure, ours: Measure): string {
  return `${shareOf(limit.wall, ours.wall)} by the clock, ${shareOf(processorOf(limit), processorOf(ours))} by processor time`
}

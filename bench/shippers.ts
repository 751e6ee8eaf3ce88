import { gzipSync } from 'node:zlib'
import { createApiKey } from '@/lib/operations/api-keys'
import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import { closePool, pool } from '@/lib/store/pool'
import { print } from './measuring/print'
import { secondsOf } from './measuring/seconds-of'
import { winlogbeatLines } from './measuring/winlogbeat-lines'

/**
 * `npm run bench -- shippers [hosts] [days]`: the same simulated winlogbeat events by each protocol over HTTP to a production server on this machine, from the
 * first request to the last answer (all is committed then), beside the same events through importSource in the same run. Facts are removed between passes;
 * hosts and dictionaries stay, and a first pass that is not measured warms both sides.
 */
const [baseUrl = '', ...sizes] = process.argv.slice(2)
const [hosts = 60, days = 4] = sizes.map(Number)

const lines = winlogbeatLines(hosts, days)
const bytes = Buffer.byteLength(lines.join('\n'))
print(`${lines.length} records, ${Math.round(bytes / lines.length)} bytes each`)

await ensureCatalogue(pool())
const key = await createApiKey(systemActor('bench'), { name: 'bench', scopes: ['ingest'] })

type Protocol = { path: string; encode: (line: string) => string }
const BULK: Protocol = { path: '/_bulk', encode: (line) => `{"create":{"_index":"b"}}\n${line}\n` }
const HEC: Protocol = { path: '/services/collector/event', encode: (line) => `{"event":${line}}\n` }
const NDJSON: Protocol = { path: '/api/ingest/v1/events', encode: (line) => `${line}\n` }

await send(NDJSON, 1000, 4, false)
await throughImport()
const imported = await pass('importSource, one file', throughImport)
for (const [name, protocol, batch, connections, packed] of [
  ['NDJSON, 4 connections, 1000 a request', NDJSON, 1000, 4, false],
  ['_bulk, 4 connections, 1000 a request', BULK, 1000, 4, false],
  ['_bulk, 4 connections, 1000 a request, gzip', BULK, 1000, 4, true],
  ['_bulk, 16 connections, 50 a request', BULK, 50, 16, false],
  ['HEC, 4 connections, 1000 a request', HEC, 1000, 4, false],
] as const) {
  const seconds = await pass(name, () => send(protocol, batch, connections, packed))
  print(`  = ${Math.round((imported / seconds) * 100)} % of importSource`)
}
await closePool()

/** Measures on empty facts, and checks that every event is there. */
async function pass(name: string, work: () => Promise<void>): Promise<number> {
  await pool().query('TRUNCATE execution, process, raw_block, host_work')
  const seconds = await secondsOf(work)
  const { rows } = await pool().query<{ processes: string; executions: string }>(
    'SELECT (SELECT count(*) FROM creation) AS processes, (SELECT count(*) FROM execution) AS executions',
  )
  print(
    `${name}: ${seconds.toFixed(2)} s, ${Math.round(lines.length / seconds)} records/s; ${rows[0]?.processes} processes, ${rows[0]?.executions} executions stored`,
  )
  return seconds
}

async function send(
  { path, encode }: Protocol,
  batch: number,
  connections: number,
  packed: boolean,
): Promise<void> {
  const requests: Uint8Array[] = []
  for (let at = 0; at < lines.length; at += batch) {
    const body = Buffer.from(
      lines
        .slice(at, at + batch)
        .map(encode)
        .join(''),
    )
    requests.push(packed ? gzipSync(body) : body)
  }
  let retries = 0
  const headers = { authorization: `Bearer ${key}`, ...(packed && { 'content-encoding': 'gzip' }) }
  const worker = async () => {
    for (let body = requests.pop(); body !== undefined; body = requests.pop()) {
      const answer = await fetch(new URL(path, baseUrl), { method: 'POST', headers, body: Buffer.from(body) })
      await answer.arrayBuffer()
      if (answer.status === 429 || answer.status === 503) {
        retries++
        requests.push(body)
      } else if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  if (retries > 0) print(`  ${retries} requests were asked to come again`)
}

async function throughImport(): Promise<void> {
  await importBytes(pool(), 'command-line', 'bench.ndjson', Buffer.from(lines.join('\n')))
}

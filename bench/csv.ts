import { once } from 'node:events'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { env } from '@/lib/env'
import { createApiKey } from '@/lib/operations/api-keys'
import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import { copyTo, inline } from '@/lib/store/exports/copy-out'
import { type ExportName, exportQuery } from '@/lib/store/exports/registry'
import { ensurePartitions } from '@/lib/store/partitions'
import { closePool, createPool, pool } from '@/lib/store/pool'
import { print } from './measuring/print'
import { secondsOf, shareOf } from './measuring/seconds-of'
import { END_DAY, winlogbeatLines } from './measuring/winlogbeat-lines'

/**
 * `npm run bench -- csv [hosts] [days] [copies]`: each large export over HTTP from a production server on this machine, from the request to the last byte, beside raw
 * COPY … TO STDOUT in the same run: of the same query, and of a table that holds the finished rows. The simulated days are copied to `copies` weeks before.
 */
const [baseUrl = '', ...sizes] = process.argv.slice(2)
const [hosts = 120, days = 6, copies = 11] = sizes.map(Number)
const ROUNDS = 3
const LEAST_SHARE = 0.6
const EVERYTHING = { days: 'all', from: '2025-01-01', to: '2026-12-31' }
/** Tables of its own are the owner's to make. */
const owner = createPool(env('DATABASE_URL'))
const EXPORTER = { scope: { kind: 'all' }, judge: null } as const

await fill()
const key = await createApiKey(systemActor('bench'), { name: 'bench', scopes: ['export'] })
for (const name of ['executions', 'baselines'] as const) await measure(name)
await owner.end()
await closePool()

async function measure(name: ExportName): Promise<void> {
  const text = inline(await exportQuery(name, EXPORTER, EVERYTHING))
  const path = `/api/exports/${name}.csv?${new URLSearchParams(EVERYTHING)}`
  await owner.query(`DROP TABLE IF EXISTS finished; CREATE UNLOGGED TABLE finished AS ${text}`)
  const before = await residentBytes()
  const runs = { query: [] as number[], table: [] as number[], http: [] as number[], gzip: [] as number[] }
  let bytes = 0
  for (let round = 0; round < ROUNDS; round++) {
    runs.query.push(await secondsOf(() => rawCopy(`(${text})`)))
    runs.table.push(await secondsOf(() => rawCopy('finished')))
    runs.http.push(
      await secondsOf(async () => {
        bytes = await download(path, false)
      }),
    )
    runs.gzip.push(await secondsOf(() => download(`${path}&gzip=1`, true)))
  }
  const query = Math.min(...runs.query)
  const table = Math.min(...runs.table)
  const http = Math.min(...runs.http)
  const gzip = Math.min(...runs.gzip)
  const grown = Math.max(0, (await residentBytes()) - before)
  print(`${name}.csv: ${(bytes / 1e6).toFixed(1)} MB, best of ${ROUNDS} rounds in turns`)
  print(
    `  raw COPY of the same query ${rate(bytes, query)}; of a table of the finished rows ${rate(bytes, table)}`,
  )
  print(
    `  over HTTP ${rate(bytes, http)} = ${shareOf(query, http)} of the query, ${shareOf(table, http)} of the table; with gzip ${shareOf(query, gzip)} of the query`,
  )
  print(`  the server's memory grew by ${(grown / 1e6).toFixed(0)} MB`)
  if (query / http < LEAST_SHARE) process.exitCode = 1
}

async function rawCopy(source: string): Promise<void> {
  const client = await owner.connect()
  const stream = copyTo(client, `COPY ${source} TO STDOUT`)
  stream.resume()
  await once(stream, 'end')
  client.release(true)
}

/** Bytes of the CSV. */
async function download(path: string, packed: boolean): Promise<number> {
  const answer = await fetch(new URL(path, baseUrl), { headers: { authorization: `Bearer ${key}` } })
  if (!answer.ok || answer.body === null) throw new Error(`${path} answered ${answer.status}`)
  let bytes = 0
  const counted = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length
      done()
    },
  })
  if (packed) await pipeline(answer.body, createGunzip(), counted)
  else await pipeline(answer.body, counted)
  return bytes
}

async function residentBytes(): Promise<number> {
  const text = await (
    await fetch(new URL('/api/metrics', baseUrl), { headers: { authorization: `Bearer ${key}` } })
  ).text()
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0)
}

async function fill(): Promise<void> {
  await ensureCatalogue(pool())
  const bytes = Buffer.from(winlogbeatLines(hosts, days).join('\n'))
  await importBytes(pool(), 'command-line', 'bench.ndjson', bytes)
  await finishWork(pool(), () => undefined)
  await copyWeeks()
  const { rows } = await pool().query('SELECT count(*) AS n FROM execution WHERE anchor_id = id')
  print(`${rows[0].n} executions of ${hosts} hosts`)
}

/** The same days again, weeks before, under the same ids. */
async function copyWeeks(): Promise<void> {
  const DAY_US = 86_400_000_000
  const firstDay = END_DAY - days - 7 * copies
  const pastDays = Array.from({ length: END_DAY - firstDay }, (_, at) => firstDay + at)
  await ensurePartitions(
    pool(),
    ['execution', 'command_text'],
    pastDays.map((day) => day * DAY_US),
  )
  await owner.query(
    `INSERT INTO command_text SELECT DISTINCT date_trunc('month', month.month), t.id, t.text
     FROM command_text t, generate_series($1::timestamptz, $2::timestamptz, '1 day') AS month (month) ON CONFLICT DO NOTHING`,
    [new Date(firstDay * 86_400_000), new Date(END_DAY * 86_400_000 - 1)],
  )
  const shifted: Record<string, string> = {
    occurred_at: "occurred_at - n * interval '7 days'",
    anchor_at: "anchor_at - n * interval '7 days'",
    day: 'day - 7 * n',
    first_at: "first_at - n * interval '7 days'",
    last_at: "last_at - n * interval '7 days'",
  }
  for (const table of ['execution', 'usage', 'coverage']) {
    const { rows } = await pool().query<{ name: string }>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
      [table],
    )
    const names = rows.map(({ name }) => `"${name}"`).join()
    const values = rows.map(({ name }) => shifted[name] ?? `"${name}"`).join()
    await owner.query(
      `INSERT INTO "${table}" (${names}) SELECT ${values} FROM "${table}", generate_series(1, ${copies}) n`,
    )
  }
  await pool().query('SELECT analyze_facts()')
}

function rate(bytes: number, seconds: number): string {
  return `${seconds.toFixed(2)} s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`
}

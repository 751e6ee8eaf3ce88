import { once } from 'node:events'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { env } from '@/lib/env'
import { createApiKey } from '@/lib/operations/api-keys'
import { memorySource } from '@/lib/operations/ingest/byte-source'
import { importSource } from '@/lib/operations/ingest/import-source'
import { loadRecogniser } from '@/lib/operations/ingest/load-recogniser'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { systemActor } from '@/lib/pipeline/actor'
import { copyTo, inline } from '@/lib/store/exports/copy-out'
import { type ExportName, exportQuery } from '@/lib/store/exports/registry'
import { createUpload } from '@/lib/store/imports'
import { ensurePartitions } from '@/lib/store/partitions'
import { closePool, createPool, pool } from '@/lib/store/pool'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'

/**
 * `npm run bench -- csv [hosts] [days] [copies]`: each large export over HTTP from a production server on this machine, from the request to the last byte, beside raw
 * COPY … TO STDOUT in the same run: of the same query, and of a table that holds the finished rows. The simulated days are copied to `copies` weeks before.
 */
const [baseUrl = '', ...sizes] = process.argv.slice(2)
const [hosts = 120, days = 6, copies = 11] = sizes.map(Number)
const END_DAY = 20_400
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
    runs.query.push(await timed(() => rawCopy(`(${text})`)))
    runs.table.push(await timed(() => rawCopy('finished')))
    runs.http.push(
      await timed(async () => {
        bytes = await download(path, false)
      }),
    )
    runs.gzip.push(await timed(() => download(`${path}&gzip=1`, true)))
  }
  const [query, table, http, gzip] = [runs.query, runs.table, runs.http, runs.gzip].map((all) =>
    Math.min(...all),
  ) as [number, number, number, number]
  const grown = Math.max(0, (await residentBytes()) - before)
  print(`${name}.csv: ${(bytes / 1e6).toFixed(1)} MB, best of ${ROUNDS} rounds in turns`)
  print(
    `  raw COPY of the same query ${rate(bytes, query)}; of a table of the finished rows ${rate(bytes, table)}`,
  )
  print(
    `  over HTTP ${rate(bytes, http)} = ${share(query, http)} of the query, ${share(table, http)} of the table; with gzip ${share(query, gzip)} of the query`,
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
  const lines: string[] = []
  for (const { fields, format } of simulateFleet({ hosts, days, endDayUtc: END_DAY, seed: 7, attacks: true }))
    if (format === 'winlogbeat') lines.push(JSON.stringify(fields))
  await ensureCatalogue(pool())
  const source = memorySource('bench.ndjson', Buffer.from(lines.join('\n')))
  const upload = {
    channel: 'command-line',
    name: 'bench',
    sizeBytes: source.sizeBytes,
    state: 'running',
    hostOverride: null,
    actorName: 'bench',
  } as const
  const uploadId = await createUpload(pool(), upload)
  const recogniser = await loadRecogniser(pool())
  await importSource({ pool: pool(), uploadId, recogniser, defaultHost: null, format: null }, source)
  await finishWork(pool(), () => undefined)
  await copyWeeks()
  const { rows } = await pool().query('SELECT count(*) AS n FROM execution WHERE anchor_id = id')
  print(`${rows[0].n} executions of ${hosts} hosts`)
}

/** The same days again, weeks before, under other ids. */
async function copyWeeks(): Promise<void> {
  const DAY_US = 86_400_000_000
  const firstDay = END_DAY - days - 7 * copies
  const pastDays = Array.from({ length: END_DAY - firstDay }, (_, at) => firstDay + at)
  await ensurePartitions(
    pool(),
    ['execution'],
    pastDays.map((day) => day * DAY_US),
  )
  const shifted: Record<string, string> = {
    id: 'id + n',
    anchor_id: 'anchor_id + n',
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function rate(bytes: number, seconds: number): string {
  return `${seconds.toFixed(2)} s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`
}

function share(limit: number, ours: number): string {
  return `${Math.round((limit / ours) * 100)} %`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

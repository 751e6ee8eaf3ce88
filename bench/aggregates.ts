import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { copyTo } from '@/lib/store/exports/copy-out'
import { closePool, pool } from '@/lib/store/pool'
import { loadBreakdown } from '@/lib/store/screens/binary/breakdown'
import { rollupsOf } from '@/lib/store/screens/binary/rollups'
import { loadTotals, loadUseByGroup } from '@/lib/store/screens/binary/totals'
import { type DataWindow, daysOf, findDataSpan } from '@/lib/store/screens/data-window'
import { raw } from '@/lib/store/sql'
import { isUseOf } from '@/lib/store/use-of-execution'
import { type Duckdb, openDuckdb } from './aggregates/duckdb'
import { busiestBinary } from './fleet/busiest-binary'
import { print } from './measuring/print'
import { type Measure, measured, processorOf } from './measuring/processor-time'
import { secondsOf } from './measuring/seconds-of'

/**
 * `npm run bench -- aggregates --dir FOLDER --fleet NAME --duckdb FOLDER`: what the busiest binary's page adds up over all days, as the page reads it from
 * its rollups, beside the limit: DuckDB asked the same of the executions themselves, in its own columns in memory. The last folder is where somebody
 * installed @duckdb/node-api. Both must answer the same. What DuckDB takes to load is told and does not count.
 */
const { values } = parseArgs({ options: { duckdb: { type: 'string' } } })
if (values.duckdb === undefined)
  throw new Error('--duckdb names the folder that @duckdb/node-api is installed in.')
const EVERYTHING = { kind: 'all' } as const

const { id: entryId, slug, executions } = await busiestBinary(pool())
print(`${executions} executions of ${slug}`)
const window = await wholeWindow()
/** Anew for each question: who used it is read once for all of a page. */
const use = () => rollupsOf(EVERYTHING, { entryId, window, host: null, group: null })
const duckdb = await openDuckdb(values.duckdb)
await loadInto(duckdb)

await compare(
  'executions by day',
  async () => (await loadUseByGroup(use(), daysOf(window))).reduce(addSeries, []),
  async () => {
    const counted = await duckdb.rows('SELECT day::varchar AS day, count(*) AS n FROM execution GROUP BY day')
    const byDay = new Map(counted.map(({ day, n }) => [day, Number(n)]))
    return daysOf(window).map((day) => byDay.get(day) ?? 0)
  },
)
await compare(
  'executions and hosts',
  async () => {
    const { executions, hosts } = await loadTotals(use())
    return [executions, hosts]
  },
  async () => {
    const [row] = await duckdb.rows('SELECT count(*) AS n, count(DISTINCT host_id) AS hosts FROM execution')
    return [Number(row?.['n']), Number(row?.['hosts'])]
  },
)
for (const kind of ['parent', 'pattern'] as const)
  await compare(
    `executions, hosts and days by ${kind}`,
    async () => {
      const { rows } = await loadBreakdown(use(), kind)
      return rows.map(({ id, executions, hosts, days }) => [id, executions, hosts, days])
    },
    async () => {
      const rows = await duckdb.rows(
        `SELECT ${kind}::varchar AS id, count(*) AS n, count(DISTINCT host_id) AS hosts, count(DISTINCT day) AS days
         FROM execution GROUP BY ${kind} ORDER BY n DESC, ${kind} LIMIT 100`,
      )
      return rows.map(({ id, n, hosts, days }) => [id, Number(n), Number(hosts), Number(days)])
    },
  )
duckdb.close()
await closePool()

/** Measures both and holds their answers against each other. */
async function compare(
  what: string,
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<void> {
  const same = isDeepStrictEqual(await ours(), await theirs())
  const page = await measured(pool(), ours)
  const limit = await measured(pool(), theirs)
  print(
    `${what}: rollups ${times(page)}; DuckDB over executions ${times(limit)} = ${(processorOf(limit) / processorOf(page)).toFixed(1)} times as long; the answers ${same ? 'are the same' : 'DIFFER'}`,
  )
  if (!same) process.exitCode = 1
}

function times(measure: Measure): string {
  return `${measure.wall.toFixed(0)} ms by the clock, ${processorOf(measure).toFixed(0)} of processor`
}

function addSeries(sum: number[], { values }: { values: number[] }): number[] {
  return values.map((value, at) => value + (sum[at] ?? 0))
}

async function wholeWindow(): Promise<DataWindow> {
  const span = await findDataSpan(EVERYTHING)
  if (span === null) throw new Error('Nothing is there: see npm run bench -- generate.')
  return span
}

/** The binary's executions with what the questions are about, by way of a file. */
async function loadInto({ run }: Duckdb): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cordon-bench-'))
  const file = path.join(folder, 'execution.csv')
  const client = await pool().connect()
  try {
    const query = `SELECT e.host_id, u.day, s.feature_ids[3] AS parent, s.pattern_id AS pattern
      FROM usage u JOIN execution e ON ${isUseOf(raw('u'), raw('e')).sql} JOIN signature s ON s.id = u.signature_id WHERE u.entry_id = ${entryId} AND e.anchor_id = e.id`
    await pipeline(
      copyTo(client, `COPY (${query}) TO STDOUT WITH (FORMAT csv, HEADER true)`),
      createWriteStream(file),
    )
    const columns = "{host_id: 'INTEGER', day: 'DATE', parent: 'BIGINT', pattern: 'BIGINT'}"
    const seconds = await secondsOf(() =>
      run(`CREATE TABLE execution AS FROM read_csv('${file}', header = true, columns = ${columns})`),
    )
    print(`DuckDB has loaded them from a CSV file in ${seconds.toFixed(1)} s`)
  } finally {
    client.release()
    rmSync(folder, { recursive: true, force: true })
  }
}

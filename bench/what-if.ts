import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { toSignature } from '@/lib/pipeline/baseline/to-signature'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import { addDays } from '@/lib/pipeline/days'
import type { Block } from '@/lib/pipeline/decision/block'
import { ladderOf } from '@/lib/pipeline/decision/controls'
import { foldReplay } from '@/lib/pipeline/decision/fold-replay'
import { planBlock } from '@/lib/pipeline/decision/what-if'
import { seedCatalogue } from '@/lib/store/catalogue'
import { copyRows } from '@/lib/store/copy'
import { closePool, pool } from '@/lib/store/pool'
import { noteAllUseSince, refreshUse } from '@/lib/store/recompute/refresh-use'
import { USAGE_COLUMNS } from '@/lib/store/recompute/write-day'
import { findBinary } from '@/lib/store/screens/binary/view'
import { loadByDay } from '@/lib/store/screens/what-if/load-by-day'
import { loadFacets } from '@/lib/store/screens/what-if/load-facets'
import { loadReplay } from '@/lib/store/screens/what-if/load-replay'
import { loadReplayInput } from '@/lib/store/screens/what-if/replay-input'
import { ensureSignatures } from '@/lib/store/signatures'
import { print } from './measuring/print'

/**
 * `npm run bench -- what-if [hosts] [days]`: a what-if of the busiest binary over ten million stored executions, beside a plain aggregate of the same
 * rows of usage. The fleet is made up after the shape of the simulated one: 20 executions a host and day, 40 % of them of rundll32, 1.3 to a row.
 */
const [hosts = 2800, days = 180] = process.argv.slice(2).map(Number)
const ROUNDS = 3
const LIMIT_MS = 300
/** Of the processor time in /proc. */
const TICK_MS = 10
const BUSIEST = 'rundll32.exe'
const FIRST_DAY = '2026-01-01'
const KINDS = 2000
const OTHER_BINARIES = 15
const ROWS_A_HOST = 15
const ROWS_OF_BUSIEST = 6

const all = { kind: 'all' } as const
let state = 42
await seedCatalogue(pool(), CATALOGUE)
const entry = await findBinary(BUSIEST)
const others = (
  await pool().query('SELECT id FROM catalogue_entry WHERE slug <> $1 ORDER BY id LIMIT $2', [
    BUSIEST,
    OTHER_BINARIES,
  ])
).rows
if (entry === null) throw new Error(`the catalogue has no ${BUSIEST}`)
const { id: entryId } = entry
const signatures = Array.from({ length: KINDS }, (_, at) => signatureOf(at))
await ensureSignatures(
  pool(),
  signatures.map((signature) => ({ signature, entryId, riskMillibits: 0 })),
)
const fill = await timed(() => fillUsage())
const refresh = await timed(() => refreshUse(pool()))
await pool().query('ANALYZE use_span, use_day')
const [{ executions, rows, spans, in_days: inDays }] = (
  await pool().query(
    'SELECT sum(executions)::bigint AS executions, count(*) AS rows, (SELECT count(*) FROM use_span) AS spans, (SELECT count(*) FROM use_day) AS in_days FROM usage',
  )
).rows
print(
  `${executions} executions in ${rows} rows of usage (${hosts} hosts × ${days} days), filled in ${fill.toFixed(0)} ms`,
)
print(`rollups: ${spans} spans, ${inDays} days; refreshed whole in ${refresh.toFixed(0)} ms`)

const parents = signatures.slice(1, 4).map(({ features }) => features.parent ?? '')
const block: Block = {
  slug: BUSIEST,
  effect: 'execution',
  scope: { kind: 'fleet' },
  exceptions: [
    ...parents.map((value) => ({ kind: 'parent' as const, value, reason: '', until: null })),
    { kind: 'host', id: 7, reason: '', until: null },
    { kind: 'user', value: 'CORP\\user9', reason: '', until: null },
  ],
}
const plain = await measured(async () => {
  await pool().query('SELECT sum(executions), count(DISTINCT host_id) FROM usage WHERE entry_id = $1', [
    entryId,
  ])
})
const asked = planBlock(block, 'edr', entry)
const plans = [
  asked,
  ...ladderOf(entry).map(({ effect, control }) => planBlock({ ...block, effect }, control, entry)),
] as const
const totals = await measured(async () => {
  const replay = await loadReplay(await loadReplayInput(all, entryId, [...plans] as [typeof asked]))
  plans.map((plan, at) => foldReplay(replay, at, plan.expressible))
})
const byDay = await measured(async () => {
  await loadByDay(all, block.scope, await loadReplayInput(all, entryId, [asked]))
})
const facets = await measured(async () => {
  await loadFacets(await loadReplayInput(all, entryId, [asked]))
})
const together = await measured(async () => {
  const input = await loadReplayInput(all, entryId, [...plans] as [typeof asked])
  await Promise.all([loadReplay(input), loadByDay(all, block.scope, input), loadFacets(input)])
})
await closePool()

report('executions and hosts of the binary, plain aggregate of usage', plain)
report(
  `totals, marginal effect of ${block.exceptions.length} exceptions, ladder of ${plans.length - 1} controls`,
  totals,
)
report('by day', byDay)
report('what is interrupted by parent, pattern, person, group, host', facets)
report('all of a page at once', together)
print(
  `limit ${LIMIT_MS} ms for the totals: ${totals.wall <= LIMIT_MS ? 'kept' : `BROKEN by the clock${totals.processor <= LIMIT_MS ? ', kept in processor time' : ''}`}`,
)

function signatureOf(at: number) {
  const found = CATALOGUE.find(({ slug }) => slug === BUSIEST)
  if (found === undefined) throw new Error(BUSIEST)
  const image = 'C:\\Windows\\System32\\rundll32.exe'
  const line = `rundll32.exe C:\\Program Files\\Vendor${at % 400}\\tool${at}.dll,Start`
  const fields = {
    entry: found,
    image,
    originalFileName: 'RUNDLL32.EXE',
    parentImage: `C:\\Program Files\\Parent${at % 60}\\parent${at % 60}a.exe`,
    parentCommandLine: null,
    grandparentImage: null,
    user: at % 3 === 0 ? 'NT AUTHORITY\\SYSTEM' : 'CORP\\user',
    userSid: null,
    integrityLevel: null,
  }
  return toSignature(fields, readToolUse(BUSIEST, line, image))
}

/** Kinds of use are as unequal as in the simulated fleet: a host meets some 55 of them in a month. */
async function fillUsage(): Promise<void> {
  await pool().query("INSERT INTO host (name) SELECT 'ws-' || n FROM generate_series(1, $1::int) n", [hosts])
  await pool().query(
    "INSERT INTO host_group (id, name) SELECT n, 'group ' || n FROM generate_series(1, 10) n",
  )
  await pool().query(
    "INSERT INTO host_group_member (host_id, group_id, valid_from) SELECT id, 1 + id % 10, '1970-01-01' FROM host",
  )
  await pool().query(
    "INSERT INTO principal (id, name) SELECT n, 'CORP\\user' || n FROM generate_series(1, $1::int) n",
    [hosts],
  )
  for (let day = 0; day < days; day++) {
    const client = await pool().connect()
    try {
      await copyRows(client, 'usage', USAGE_COLUMNS, usageOfDay(addDays(FIRST_DAY, day)))
    } finally {
      client.release()
    }
  }
  const client = await pool().connect()
  await noteAllUseSince(client, FIRST_DAY).finally(() => client.release())
  await pool().query('ANALYZE usage, host, signature, principal')
}

function* usageOfDay(day: string) {
  for (let host = 1; host <= hosts; host++) {
    const seen = new Set<unknown>()
    for (let row = 0; row < ROWS_A_HOST; row++) {
      const cells = row < ROWS_OF_BUSIEST ? rowOfBusiest(host, day, row) : rowOfOther(host, day, row)
      if (!seen.has(cells[2])) yield cells
      seen.add(cells[2])
    }
  }
}

function rowOfBusiest(host: number, day: string, row: number) {
  const kind = Math.floor(KINDS * random() ** 8)
  // a host leans on its own part of what the fleet does
  const own = random() < 0.5 ? kind : (kind + host * 7) % KINDS
  return cellsOf(host, day, row, signatures[own]?.id ?? '0', own % 3 === 0 ? 0 : host, entryId)
}

function rowOfOther(host: number, day: string, row: number) {
  const kind = Math.floor(8 * random() ** 2)
  const binary = row % OTHER_BINARIES
  return cellsOf(host, day, row, String(1000 + binary * 20 + kind), host, others[binary]?.id ?? 0)
}

function cellsOf(
  host: number,
  day: string,
  row: number,
  signature: string,
  principal: number,
  binary: number,
) {
  const at = `${day} 10:00:00+00`
  const [hours, executions] = [1 << (7 + (row % 12)), row % 3 === 0 ? 2 : 1]
  return [host, day, signature, principal, binary, hours, at, at, executions, 0, 0, 0, true, false]
}

/** A linear congruential generator: the same fleet every time. */
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

/** Milliseconds by the clock, the best of several rounds, and of PostgreSQL's processor time, their mean: the machine has other work. */
type Measure = { wall: number; processor: number }

async function measured(act: () => Promise<unknown>): Promise<Measure> {
  await act()
  const before = await processorTime()
  let wall = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) wall = Math.min(wall, await timed(act))
  return { wall, processor: ((await processorTime()) - before) / ROUNDS }
}

/** Of all connections to the database so far, in milliseconds; parallel workers that ended are not in it. */
async function processorTime(): Promise<number> {
  const { rows } = await pool().query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  )
  const ticks = rows.map(({ pid }) => {
    // proc(5): user and system time are the 14th and 15th field; the second may hold blanks
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, one) => sum + one, 0) * TICK_MS
}

function report(what: string, { wall, processor }: Measure): void {
  print(
    `${what}: ${wall.toFixed(0)} ms = ${(wall / plain.wall).toFixed(2)} of the plain aggregate; processor ${processor.toFixed(0)} ms = ${(processor / plain.processor).toFixed(2)}`,
  )
}

import { setTimeout as sleep } from 'node:timers/promises'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { closePool, pool } from '@/lib/store/pool'
import { countWork } from '@/lib/store/recompute/work-queue'
import { seedLongQueue } from '@/prisma/seed/scenarios/long-queue'
import { browse, openEveryList, type Visit } from './load/browse'
import { burst } from './load/burst'
import { memoryOf, type Sample } from './load/memory'
import { percentile } from './measuring/percentile'
import { print } from './measuring/print'
import { order, type Part } from './parts/parts'
import { ingestKey, person } from './parts/people'
import { postEvents } from './parts/post-events'
import { toRecords } from './parts/records'
import { cookieOf } from './parts/site'
import { until } from './parts/until'

/**
 * `npm run bench -- load [minutes] [seconds to think]`: shippers send as fast as they are taken while ten people browse, over loopback to the production build with its worker:
 * how memory grows, how long pages take beside the same pages before anything is sent, what fails; a burst beyond capacity every other minute must be answered with 429 and nothing else.
 */
const [url = '', , ...sizes] = process.argv.slice(2)
const [minutes = 60, thinkSeconds = 3] = sizes.map(Number)
const READERS = 10
const SHIPPERS = 4
const BATCH = 1000
/** Of winlogbeat's events, about as many are of proxy binaries. */
const SHARE = 0.03
const SAMPLE_MS = 5_000
const BURST_MS = 120_000
/** Before anything is sent: what the same people and pages take then. */
const REST_MINUTES = 2

await until('the pages answer', 90_000, async () => ((await fetch(`${url}/api/health`)).ok ? true : null))
await ensureCatalogue(pool())
await seedLongQueue(pool(), { items: 400, hosts: 40, days: 20, endMs: Date.now() })
const key = await ingestKey()
const cookie = await cookieOf(await person('rita', 'responder'))
const resting: Visit[] = []
const visits: Visit[] = []
const errors: string[] = []
const sent = { records: 0, asked: 0, refused: 0 }
const memory: Record<'web' | 'worker', Sample[]> = { web: [], worker: [] }
const forMinutes = (lasts: number) => {
  const from = performance.now()
  return () => performance.now() - from > lasts * 60_000
}
const readers = (into: Visit[], over: () => boolean) =>
  Array.from({ length: READERS }, () =>
    browse({ url, cookie, visits: into, errors, thinkSeconds, isOver: over }),
  )

await until('what was there before is computed', 300_000, async () =>
  (await countWork(pool())).hosts === 0 ? true : null,
)
// nobody is the first to open a page, neither before shippers send nor while they do
await openEveryList({ url, cookie, errors })
await Promise.all(readers(resting, forMinutes(REST_MINUTES)))
const began = performance.now()
const bytesBefore = await databaseBytes()
const isOver = forMinutes(minutes)
await Promise.all([
  ...readers(visits, isOver),
  ...Array.from({ length: SHIPPERS }, (_, shipper) => ship(shipper)),
  sample(),
  bursts(),
])

const seconds = (performance.now() - began) / 1000
print(
  `${Math.round(seconds / 60)} minutes: ${sent.records} records = ${Math.round(sent.records / seconds)}/s in ${sent.asked} requests, ${sent.refused} of them asked to come again; ${READERS} readers with ${thinkSeconds} s to think`,
)
for (const part of ['web', 'worker'] as const) print(`${part}: ${memoryOf(memory[part])}`)
const grownMb = ((await databaseBytes()) - bytesBefore) / 1024 / 1024
print(`database: ${Math.round(grownMb)} MB more, ${Math.round((grownMb / seconds) * 3600)} MB an hour`)
for (const page of [...new Set(visits.map((visit) => visit.page))].sort()) printPage(page)
printPage(null)
print(
  `errors: ${errors.length}${errors.length === 0 ? '' : `, the first: ${errors.slice(0, 5).join(' | ')}`}`,
)
print(`${(await countWork(pool())).hosts} hosts wait to be computed`)
await closePool()
process.exitCode = errors.length === 0 ? 0 : 1

async function ship(shipper: number): Promise<void> {
  for (let batch = 0; !isOver(); batch++) {
    const body = toRecords(`l${shipper}x${batch}`, BATCH, { hosts: 200, share: SHARE }).join('\n')
    for (let taken = false; !taken; ) {
      const answer = await postEvents(url, key, body)
      sent.asked += 1
      taken = answer.ok
      if (answer.status === 429) {
        sent.refused += 1
        await sleep(Number(answer.retryAfter ?? 1) * 1000)
      } else if (!answer.ok) {
        errors.push(`ingest answered ${answer.status}`)
        await sleep(1000)
      }
    }
    sent.records += BATCH
  }
}

async function sample(): Promise<void> {
  while (!isOver()) {
    for (const part of ['web', 'worker'] as const satisfies readonly Part[])
      memory[part].push([performance.now(), await order<number>('memory', part)])
    await sleep(SAMPLE_MS)
  }
}

async function bursts(): Promise<void> {
  await sleep(BURST_MS / 2)
  while (!isOver()) {
    const { statuses, problems } = await burst(url, key)
    print(`  burst: ${statuses}`)
    errors.push(...problems)
    await sleep(BURST_MS)
  }
}

async function databaseBytes(): Promise<number> {
  const { rows } = await pool().query<{ bytes: string }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  )
  return Number(rows[0]?.bytes ?? 0)
}

/** `page`: null = all of them. */
function printPage(page: string | null): void {
  const timesIn = (some: readonly Visit[]) =>
    some.filter((visit) => page === null || visit.page === page).map(({ ms }) => ms)
  const times = timesIn(visits)
  print(
    `  ${page ?? 'all pages'}: ${times.length} times, ${spreadOf(times)}; without shippers ${spreadOf(timesIn(resting))}`,
  )
}

function spreadOf(times: readonly number[]): string {
  const [median, high] = [percentile(times, 0.5), percentile(times, 0.95)]
  return `median ${Math.round(median)} ms, p95 ${Math.round(high)} ms`
}

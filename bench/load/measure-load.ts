import { setTimeout as sleep } from 'node:timers/promises'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { closePool, pool } from '@/lib/store/pool'
import { countWork } from '@/lib/store/recompute/work-queue'
import { seedLongQueue } from '@/prisma/seed/scenarios/long-queue'
import { percentile } from '../measuring/percentile'
import { print } from '../measuring/print'
import { order, type Part } from '../parts/parts'
import { ingestKey, person } from '../parts/people'
import { cookieOf } from '../parts/site'
import { until } from '../parts/until'
import { browse, openEveryList, type Visit } from './browse'
import { memoryOf, type Sample } from './memory'
import { startSending } from './send'

const READERS = 10
const SAMPLE_MS = 5_000
/** Before anything is sent: what the same people and pages take then. */
const REST_MINUTES = 2

type Load = { url: string; minutes: number; thinkSeconds: number }
type Memory = Record<'web' | 'worker', Sample[]>

/** Has people browse before and while shippers send, and prints what came of it; answers whether nothing failed. */
export async function measureLoad({ url, minutes, thinkSeconds }: Load): Promise<boolean> {
  await until('the pages answer', 90_000, async () => ((await fetch(`${url}/api/health`)).ok ? true : null))
  await ensureCatalogue(pool())
  await seedLongQueue(pool(), { items: 400, hosts: 40, days: 20, endMs: Date.now() })
  const [key, cookie] = [await ingestKey(), await cookieOf(await person('rita', 'responder'))]
  await until('what was there before is computed', 300_000, async () =>
    (await waitingHosts()) === 0 ? true : null,
  )
  const errors: string[] = []
  const [resting, visits]: [Visit[], Visit[]] = [[], []]
  const readers = (into: Visit[], isOver: () => boolean) =>
    Array.from({ length: READERS }, () => browse({ url, cookie, visits: into, errors, thinkSeconds, isOver }))
  // nobody is the first to open a page, neither before shippers send nor while they do
  await openEveryList({ url, cookie, errors })
  await Promise.all(readers(resting, forMinutes(REST_MINUTES)))

  const [began, bytesBefore, isOver] = [performance.now(), await databaseBytes(), forMinutes(minutes)]
  const memory: Memory = { web: [], worker: [] }
  const [sent] = await Promise.all([
    startSending({ url, key, minutes }),
    sample(memory, isOver),
    ...readers(visits, isOver),
  ])
  const seconds = (performance.now() - began) / 1000
  print(
    `${Math.round(seconds / 60)} minutes: ${sent.records} records = ${Math.round(sent.records / seconds)}/s in ${sent.asked} requests, ${sent.refused} of them asked to come again; ${READERS} readers with ${thinkSeconds} s to think`,
  )
  for (const part of ['web', 'worker'] as const) print(`${part}: ${memoryOf(memory[part])}`)
  const grownMb = ((await databaseBytes()) - bytesBefore) / 1024 / 1024
  print(`database: ${Math.round(grownMb)} MB more, ${Math.round((grownMb / seconds) * 3600)} MB an hour`)
  printPages(visits, resting)
  errors.push(...sent.errors)
  print(
    `errors: ${errors.length}${errors.length === 0 ? '' : `, the first: ${errors.slice(0, 5).join(' | ')}`}`,
  )
  print(`${await waitingHosts()} hosts wait to be computed`)
  await closePool()
  return errors.length === 0
}

/** Whether so many minutes from now are over. */
function forMinutes(minutes: number): () => boolean {
  const from = performance.now()
  return () => performance.now() - from > minutes * 60_000
}

async function sample(memory: Memory, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    for (const part of ['web', 'worker'] as const satisfies readonly Part[])
      memory[part].push([performance.now(), await order<number>('memory', part)])
    await sleep(SAMPLE_MS)
  }
}

async function waitingHosts(): Promise<number> {
  return (await countWork(pool())).hosts
}

async function databaseBytes(): Promise<number> {
  const { rows } = await pool().query<{ bytes: string }>(
    'SELECT pg_database_size(current_database()) AS bytes',
  )
  return Number(rows[0]?.bytes ?? 0)
}

/** Times of each page, and of all of them. */
function printPages(visits: readonly Visit[], resting: readonly Visit[]): void {
  const pages = [...new Set(visits.map((visit) => visit.page))].sort()
  for (const page of pages) {
    const of = (some: readonly Visit[]) => some.filter((visit) => visit.page === page)
    printTimes(page, of(visits), of(resting))
  }
  printTimes('all pages', visits, resting)
}

function printTimes(name: string, visits: readonly Visit[], resting: readonly Visit[]): void {
  print(`  ${name}: ${visits.length} times, ${spreadOf(visits)}; without shippers ${spreadOf(resting)}`)
}

function spreadOf(visits: readonly Visit[]): string {
  const times = visits.map(({ ms }) => ms)
  const [median, high] = [percentile(times, 0.5), percentile(times, 0.95)]
  return `median ${Math.round(median)} ms, p95 ${Math.round(high)} ms`
}

import { importBytes } from '@/lib/operations/ingest/import-bytes'
import { finishWork } from '@/lib/operations/recompute/recompute'
import { dayNumber } from '@/lib/pipeline/days'
import { METHOD } from '@/lib/pipeline/deviation/method'
import { createPool, type Pool } from '@/lib/store/pool'
import { findRow, sql } from '@/lib/store/sql'
import { simulateFleet } from '@/prisma/seed/fleet/simulate-fleet'
import { barePaths, openPage, type Site, signInAll, takeSites } from './fleet/site'
import { listVisits } from './fleet/visits'
import { print } from './measuring/print'
import { measured, measuredOnce, processorOf } from './measuring/processor-time'

/**
 * `npm run bench -- growth --dir FOLDER --fleet SMALL,MIDDLE,LARGE`: what a page and an event cost on fleets of `bench -- generate` of different size, as
 * ratios to the smallest. A page: the median over its addresses of processor time, server and database together, each once it has been opened. An event:
 * the next days of some of the hosts are imported and computed; they stay, and are days further on with each run.
 */
const HOSTS = 10
const DAYS = 2
/** What a tick of the clock cannot tell from nothing. */
const LEAST_MS = 2

const { sites } = takeSites(process.argv.slice(2))
const sizes: string[] = []
const costs = new Map<string, number[]>()
for (const site of sites) {
  const pool = createPool(site.databaseUrl)
  sizes.push(`${site.fleet}: ${await countExecutions(pool)}`)
  for (const [what, ms] of [...(await costOfPages(pool, site)), ...(await costOfEvents(pool))])
    costs.set(what, [...(costs.get(what) ?? []), ms])
  await pool.end()
}
print(`executions of ${sizes.join(', ')}; processor time in ms, and how often that of the smallest fleet`)
for (const [what, ms] of costs) {
  const least = Math.max(LEAST_MS, ms[0] ?? 0)
  const cells = ms.map((one) => `${one.toFixed(what.startsWith('an event') ? 3 : 0).padStart(8)}`)
  const ratios = ms
    .slice(1)
    .map((one) => (one / (what.startsWith('an event') ? (ms[0] ?? 1) : least)).toFixed(1).padStart(6))
  print(`  ${what.padEnd(24)} ${cells.join('')}  ${ratios.join('')}`)
}

async function costOfPages(pool: Pool, site: Site): Promise<[string, number][]> {
  const [cookie = ''] = (await signInAll(site)).slice(-1)
  const { health } = await barePaths(site)
  const found: [string, number][] = []
  for (const { page, paths } of [...(await listVisits(pool)), { page: 'bare: health', paths: [health] }]) {
    const each: number[] = []
    for (const path of paths) {
      each.push(processorOf(await measured(pool, () => openPage(site, path, cookie), site.pid)))
    }
    const median = each.sort((a, b) => a - b)[Math.floor(each.length / 2)]
    if (median !== undefined) found.push([page, median])
  }
  return found
}

async function costOfEvents(pool: Pool): Promise<[string, number][]> {
  const last = await findRow<{ day: string }>(pool, sql`SELECT max(day) AS day FROM usage`)
  const lines: string[] = []
  const fleet = { hosts: HOSTS, days: DAYS, seed: 1218, attacks: true, activity: true }
  for (const { fields } of simulateFleet({ ...fleet, endDayUtc: dayNumber(last?.day ?? '') + DAYS }))
    lines.push(`${JSON.stringify(fields)}\n`)
  const bytes = Buffer.from(lines.join(''))
  const stored = await measuredOnce(pool, () => importBytes(pool, 'command-line', 'the next days', bytes))
  // copies of hosts cannot be computed anew: they stay as an older method left them
  await pool.query('UPDATE scoring_method SET version = $1', [METHOD])
  const computed = await measuredOnce(pool, () => finishWork(pool, () => undefined))
  return [
    ['an event, stored', processorOf(stored) / lines.length],
    ['an event, computed', processorOf(computed) / lines.length],
  ]
}

async function countExecutions(pool: Pool): Promise<string | undefined> {
  return (await findRow<{ n: string }>(pool, sql`SELECT sum(executions) AS n FROM usage`))?.n
}

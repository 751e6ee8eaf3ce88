import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Dice } from '@/fixtures/dice'
import { createPool } from '@/lib/store/pool'
import { barePaths, openPage, signInAll, takeSites } from './fleet/site'
import { listVisits } from './fleet/visits'
import { percentile } from './measuring/percentile'
import { print } from './measuring/print'
import { measured, measuredOnce } from './measuring/processor-time'

/**
 * `npm run bench -- pages --dir FOLDER --fleet NAME [--users 10] [--think 3] [--seconds 180] [--only PAGE]`: people who read pages of the production
 * build, on data of `bench -- generate`, with time to think between them; from request to the last byte. First every address once; then each
 * alone, with the processor time of the server and the database; then all people at once, beside a file and the health page in the same run.
 */
const LIMIT_MS = 200
const { sites, args } = takeSites(process.argv.slice(2))
const { values } = parseArgs({
  args,
  options: {
    users: { type: 'string', default: '10' },
    think: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '180' },
    only: { type: 'string' },
  },
})
/** `isLater`: in the second half of the time, when most statements have been planned on most connections. */
type Taken = { page: string; ms: number; isLater: boolean }

const [site] = sites
if (site === undefined) throw new Error('There is no site: see npm run bench -- generate.')
const pool = createPool(site.databaseUrl)
const visits = (await listVisits(pool)).filter(
  ({ page }) => values.only === undefined || page.includes(values.only),
)
const { health, file } = await barePaths(site)
const bare = [
  { page: 'bare: health', paths: [health] },
  { page: 'bare: a file', paths: [file] },
]
const cookies = await signInAll(site)
const [cookie = ''] = cookies.slice(-1)
/** Of those who may open every one of the pages. */
const readers = cookies.slice(-2)
const open = (path: string, as = cookie) => openPage(site, path, as)

print(
  `load average ${load()}; alone, ms by the clock (first, best of several), of the processor (web, database)`,
)
for (const path of [...visits, ...bare].flatMap(({ paths }) => paths)) {
  const first = await open(path)
  const { wall, own, database } = await measured(pool, () => open(path), site.pid)
  print(`  ${[first, wall, own, database].map((ms) => ms.toFixed(0).padStart(6)).join(' ')}  ${path}`)
}

const together: Taken[] = []
const until = performance.now() + Number(values.seconds) * 1000
const halfTime = until - Number(values.seconds) * 500
const { own: web, database } = await measuredOnce(
  pool,
  () => Promise.all(Array.from({ length: Number(values.users) }, (_, user) => read(user))),
  site.pid,
)
await pool.end()
print(
  `\nload average ${load()}; ${values.users} people, ${values.think} s to think, ${together.length} pages: requests, median, 95 % in ms`,
)
for (const { page } of [...visits, ...bare])
  print(`  ${page.padEnd(20)} ${summary(together.filter((one) => one.page === page))}`)
const pages = together.filter(({ page }) => !page.startsWith('bare'))
print(`  ${'all pages'.padEnd(20)} ${summary(pages)}`)
print(`  ${'in the later half'.padEnd(20)} ${summary(pages.filter(({ isLater }) => isLater))}`)
print(
  `of the processor a request: web ${(web / together.length).toFixed(0)} ms, database ${(database / together.length).toFixed(0)} ms`,
)
const slow = percentile(
  pages.map(({ ms }) => ms),
  0.95,
)
print(`limit ${LIMIT_MS} ms at the 95th percentile: ${slow <= LIMIT_MS ? 'kept' : 'BROKEN'}`)

/** Somebody's day: pages as likely as each other, at any of their addresses; the same for the same number. */
async function read(user: number): Promise<void> {
  const dice = new Dice(user + 1)
  const opened = [...visits, ...bare].filter(({ paths }) => paths.length > 0)
  for (;;) {
    await delay(Number(values.think) * (500 + dice.below(1000)))
    if (performance.now() > until) return
    const { page, paths } = dice.pick(opened)
    const isLater = performance.now() > halfTime
    together.push({ page, ms: await open(dice.pick(paths), readers[user % readers.length]), isLater })
  }
}

function load(): string {
  const [lastMinute = 0] = os.loadavg()
  return lastMinute.toFixed(1)
}

function summary(taken: readonly Taken[]): string {
  const times = taken.map(({ ms }) => ms)
  const cells = [times.length, percentile(times, 0.5), percentile(times, 0.95)]
  return cells.map((cell) => cell.toFixed(0).padStart(6)).join(' ')
}

import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Dice } from '@/fixtures/dice'
import { ROLES } from '@/lib/pipeline/actor'
import { closePool, pool } from '@/lib/store/pool'
import { signIn } from './fleet/sign-in'
import { listVisits } from './fleet/visits'
import { percentile } from './measuring/percentile'
import { print } from './measuring/print'

/**
 * `npm run bench -- pages --dir FOLDER [--users 10] [--think 3] [--seconds 180]`: people who read pages of the production build, on data of
 * `bench -- generate`, with time to think between them; from request to the last byte. First every address once, unmeasured; then each alone; then
 * all people at once, beside a file and the health page in the same run.
 */
const LIMIT_MS = 200
const ALONE_ROUNDS = 3
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    users: { type: 'string', default: '10' },
    think: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '180' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
})
const [baseUrl = ''] = positionals
type Taken = { page: string; path: string; ms: number }

const visits = (await listVisits(pool())).filter(
  ({ page }) => values.only === undefined || page.includes(values.only),
)
const all = visits.flatMap(({ page, paths }) => paths.map((path) => ({ page, path })))
const bare = [
  { page: 'bare: health', path: '/api/health' },
  { page: 'bare: a file', path: await findFile() },
]
await closePool()
const cookies = await Promise.all(ROLES.map((role) => signIn(baseUrl, role)))
const [cookie = ''] = cookies.slice(-1)

const cold: Taken[] = []
for (const visit of [...all, ...bare]) cold.push(await take(visit, cookie))
const alone: Taken[] = []
for (let round = 0; round < ALONE_ROUNDS; round++)
  for (const visit of all) alone.push(await take(visit, cookie))
print('alone, best of several: address, ms')
for (const { path } of all)
  print(
    `  ${Math.min(...alone.filter((one) => one.path === path).map(({ ms }) => ms))
      .toFixed(0)
      .padStart(6)}  ${path}`,
  )

const together: Taken[] = []
const until = performance.now() + Number(values.seconds) * 1000
await Promise.all(Array.from({ length: Number(values.users) }, (_, user) => read(user)))
print(
  `\n${values.users} people, ${values.think} s to think, ${together.length} pages: requests, median, 95 % in ms`,
)
for (const { page } of [...visits, ...bare])
  print(`  ${page.padEnd(20)} ${summary(together.filter((one) => one.page === page))}`)
const pages = together.filter(({ page }) => !page.startsWith('bare'))
print(`  ${'all pages'.padEnd(20)} ${summary(pages)}`)
const slow = percentile(
  pages.map(({ ms }) => ms),
  0.95,
)
print(`limit ${LIMIT_MS} ms at the 95th percentile: ${slow <= LIMIT_MS ? 'kept' : 'BROKEN'}`)
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ cold, alone, together }))

/** Somebody's day: pages as likely as each other, at any of their addresses; the same for the same number. */
async function read(user: number): Promise<void> {
  const dice = new Dice(user + 1)
  const opened = [...visits, ...bare.map(({ page, path }) => ({ page, paths: [path] }))].filter(
    ({ paths }) => paths.length > 0,
  )
  for (;;) {
    await delay(Number(values.think) * (500 + dice.below(1000)))
    if (performance.now() > until) return
    const { page, paths } = dice.pick(opened)
    together.push(await take({ page, path: dice.pick(paths) }, cookies[user % cookies.length] ?? ''))
  }
}

async function take({ page, path }: { page: string; path: string }, cookie: string): Promise<Taken> {
  const start = performance.now()
  const response = await fetch(baseUrl + path, { headers: { cookie }, redirect: 'manual' })
  const text = await response.text()
  const ms = performance.now() - start
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
  if (text.includes('data-dgst') || text.includes('NEXT_HTTP_ERROR')) print(`  an error within ${path}`)
  return { page, path, ms }
}

async function findFile(): Promise<string> {
  const page = await (await fetch(`${baseUrl}/sign-in`)).text()
  return /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '/'
}

function summary(taken: readonly Taken[]): string {
  const times = taken.map(({ ms }) => ms)
  const cells = [times.length, percentile(times, 0.5), percentile(times, 0.95)]
  return cells.map((cell) => cell.toFixed(0).padStart(6)).join(' ')
}

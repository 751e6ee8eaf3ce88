import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureCatalogue } from '@/lib/operations/seed-catalogue'
import { verifyChain } from '@/lib/store/audit'
import { closePool, pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { seedLongQueue } from '@/prisma/seed/scenarios/long-queue'
import { type Asked, checkChange, checkComputed, checkRecords } from './faults/check'
import { outages } from './faults/outages'
import { sendUntilTaken, untilRead, uploadUntilTaken } from './faults/senders'
import { print } from './measuring/print'
import { order } from './parts/parts'
import { ingestKey, listBlockable, person, propose } from './parts/people'
import { toRecords } from './parts/records'
import { cookieOf, openSite } from './parts/site'
import { until } from './parts/until'

/**
 * `npm run bench -- faults [rounds] [seconds] [those of the faults whose names have this text]`: in each round a shipper sends, a file is imported, deviations are judged and a decision is approved,
 * over HTTP to the production build, while at a random moment web server, worker or PostgreSQL (its first process, or any of them) is ended by
 * SIGKILL, or web server or worker by SIGTERM, and started again. After each round: no acknowledged event is lost and none is there twice, no
 * change is half made, nothing that was told to be done is not; after the last, what is derived counts all that is stored. Then outages: what people are told meanwhile, and that all goes on by itself.
 * Ends after the rounds, or the seconds; exits with 1 where anything was violated.
 */
const [url = '', web = '', ...given] = process.argv.slice(2)
const [rounds = 40, seconds = 540] = given.slice(0, 2).map(Number)
const [, , only = ''] = given
const BATCHES = 6
const BATCH = 60
const FILE = 600
const JUDGED = 3
/** Each round's records are of its own few: a host has no more of these names in its days than one round brings. */
const HOSTS = 200
const HOSTS_A_ROUND = 4
const LONGEST_WAIT_MS = 2500
const READY_MS = 90_000
const STOP_MS = 15_000

const VICTIMS = [
  { name: 'web server killed', end: () => order('kill', 'web'), again: () => order('start', 'web') },
  { name: 'worker killed', end: () => order('kill', 'worker'), again: () => order('start', 'worker') },
  { name: 'PostgreSQL killed', end: () => order('kill'), again: () => order('start') },
  { name: 'one PostgreSQL process killed', end: () => order('killBackend'), again: async () => undefined },
  { name: 'web server asked to end', end: () => stopped('web'), again: () => order('start', 'web') },
  { name: 'worker asked to end', end: () => stopped('worker'), again: () => order('start', 'worker') },
].filter(({ name }) => name.includes(only))

const COMPUTED_MS = 600_000

const violations: string[] = []
let phase = 'before the first round'
const violate = (...what: string[]) => {
  for (const one of what) print(`VIOLATION ${one} (${phase})`)
  violations.push(...what)
}
const act = openSite(url, web)
await until('the pages answer', READY_MS, isReady)
await ensureCatalogue(pool())
await seedLongQueue(pool(), { items: rounds * JUDGED + 50, hosts: 20, days: 10, endMs: startOfToday() })
const [key, ada, mia, rob] = [
  await ingestKey(),
  await person('ada', 'responder'),
  await person('mia', 'manager'),
  await person('rob', 'responder'),
]
const [manager, responder] = [await cookieOf(mia), await cookieOf(rob)]
const slugs = (await listBlockable()).filter((slug) => !slug.startsWith('rundll32'))

const began = performance.now()
const counts = { rounds: 0, events: 0, resent: 0, changes: 0, told: 0 }
const ends: Record<string, number> = {}
while (counts.rounds < rounds && performance.now() - began < seconds * 1000) {
  await round(counts.rounds).catch((error: unknown) => {
    violate(error instanceof Error ? error.message : String(error))
  })
  counts.rounds += 1
  if (counts.rounds % 10 === 0) print(`  ${counts.rounds} rounds, ${violations.length} violations`)
}
phase = 'after the rounds'
for (const part of ['web', 'worker'] as const) {
  const crashes = await order<number>('crashes', part)
  if (crashes > 0) violate(`the ${part} ended by itself ${crashes} times`)
}
violate(...(await until('all is computed', COMPUTED_MS, checkComputed)))
const chain = await verifyChain(prisma())
if (!chain.intact) violate('the chain of the audit log is broken')
print(
  `${counts.rounds} rounds in ${Math.round((performance.now() - began) / 1000)} s: ${Object.entries(ends)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ')}`,
)
print(
  `${counts.events} events acknowledged (${counts.resent} requests sent again), ${counts.changes} changes asked for, ${counts.told} of them told to be done; ${chain.entries} rows of the audit log follow from each other`,
)
phase = 'outages'
violate(...(await outages({ url, key, isReady })))
print(`violations: ${violations.length}`)
await closePool()
process.exitCode = violations.length === 0 ? 0 : 1

async function round(number: number): Promise<void> {
  const marker = `r${number}x`
  const where = { hosts: HOSTS_A_ROUND, firstHost: (number * HOSTS_A_ROUND) % HOSTS }
  const recordsOf = (name: string, count: number) => toRecords(name, count, where)
  const decisionId = await propose(ada, slugs[number % slugs.length] ?? '')
  const { rows: open } = await pool().query<{ id: string; version: number }>(
    `SELECT id::text, version FROM deviation WHERE state = 'open' ORDER BY id LIMIT ${JUDGED}`,
  )
  const victim = VICTIMS[Math.floor(Math.random() * VICTIMS.length)]
  if (victim === undefined) throw new Error('No fault has such a name.')
  phase = `round ${number}, ${victim.name}`
  ends[victim.name] = (ends[victim.name] ?? 0) + 1
  const asked: Asked[] = []
  const change = async (
    what: Omit<Asked, 'isTold'>,
    cookie: string,
    name: string,
    args: readonly unknown[],
  ) => {
    await sleep(Math.random() * LONGEST_WAIT_MS)
    const isTold = await act(cookie, name, args, what.id).catch(() => false)
    asked.push({ ...what, isTold })
  }
  const ship = async () => {
    for (let batch = 0; batch < BATCHES; batch++) {
      const tries = await sendUntilTaken(url, key, recordsOf(`${marker}b${batch}`, BATCH))
      counts.resent += tries - 1
    }
  }
  const upload = async () => {
    const id = await uploadUntilTaken(url, key, marker, recordsOf(`${marker}f`, FILE))
    await untilRead(url, key, id)
  }
  const fault = async () => {
    await sleep(Math.random() * LONGEST_WAIT_MS)
    await victim.end()
    await victim.again()
  }
  await Promise.all([
    ship(),
    upload(),
    fault(),
    ...open.map(({ id, version }, at) =>
      change({ kind: 'deviation', id, to: 'judged' }, responder, 'triageAction', [
        [{ id, version }],
        at === 0 ? { to: 'flagged', note: 'bench' } : { to: 'expected', scope: 'hosts', until: null },
      ]),
    ),
    change({ kind: 'decision', id: String(decisionId), to: 'approved' }, manager, 'decideAction', [
      { id: decisionId, version: 1, move: 'approve', comment: '' },
    ]),
  ])
  await until('all is ready again', READY_MS, isReady)
  const checks = [
    ...Array.from({ length: BATCHES }, (_, batch) => () => checkRecords(`${marker}b${batch}`, BATCH)),
    () => checkRecords(`${marker}f`, FILE),
    ...asked.map((one) => () => checkChange(one)),
  ]
  // our own connections may have gone with the database
  for (const check of checks) violate(...(await until('a look at the database', READY_MS, check)))
  counts.events += BATCHES * BATCH + FILE
  counts.changes += asked.length
  counts.told += asked.filter(({ isTold }) => isTold).length
}

/** Ends a program as an administrator does. Whoever takes longer than `npm start` waits, or ends with an error, violates: longer, where others want the processors too. */
async function stopped(part: 'web' | 'worker'): Promise<void> {
  const { ms, code } = await order<{ ms: number; code: number }>('stop', part)
  const crowd = Math.max(1, (os.loadavg()[0] ?? 1) / os.availableParallelism())
  if (ms > STOP_MS * crowd)
    violate(`the ${part} took ${ms} ms to end, ${crowd.toFixed(1)} programs a processor`)
  if (code !== 0 && code !== 143) violate(`the ${part} ended with ${code}`)
}

/** Whether the pages are served and a worker runs. */
async function isReady(): Promise<true | null> {
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) })
  const health = (await answer.json()) as { ok: boolean; worker?: string }
  return health.ok && health.worker === 'up' ? true : null
}

function startOfToday(): number {
  return Math.floor(Date.now() / 86_400_000) * 86_400_000
}

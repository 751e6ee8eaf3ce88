import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/env'
import { createPool } from '@/lib/store/pool'
import { print } from '../measuring/print'
import { order } from '../parts/parts'
import { postEvents } from '../parts/post-events'
import { toRecords } from '../parts/records'
import { until } from '../parts/until'
import { checkRecords } from './check'
import { sendUntilTaken } from './senders'

type Surroundings = {
  url: string
  key: string
  isReady: () => Promise<true | null>
}

const NOTICED_MS = 20_000
const BACK_MS = 90_000
const OUTAGE_MS = 8_000
const BATCH = 50
const SLOW_SENDS = 20
const SLOW_MS = 120_000

/**
 * Takes away what an installation needs, one after the other: PostgreSQL, its answers, its connections, its disk's speed, its disk. A batch is being sent all the while. Answers
 * what was violated: nobody was told, or it did not go on by itself, or events were lost.
 */
export async function outages(around: Surroundings): Promise<string[]> {
  const away = { name: 'database away', begin: () => order('stop'), end: () => order('start') }
  const silent = {
    name: 'database that does not answer',
    begin: () => order('stall'),
    end: () => order('goOn'),
  }
  return [
    ...(await outage(around, away)),
    ...(await outage(around, silent)),
    ...(await withoutConnections(around)),
    ...(await onSlowDisk(around)),
    ...(await withoutSpace(around)),
  ]
}

type Outage = { name: string; begin: () => Promise<unknown>; end: () => Promise<unknown> }

async function outage(around: Surroundings, { name, begin, end }: Outage): Promise<string[]> {
  const { url, key, isReady } = around
  const marker = `o${name.replaceAll(/\W/g, '')}`
  const crashed = new Map<string, number>()
  for (const part of ['web', 'worker'] as const) crashed.set(part, await order<number>('crashes', part))
  await begin()
  const sent = sendUntilTaken(url, key, toRecords(marker, BATCH))
  const problems: string[] = []
  const reasons = await until('health says so', NOTICED_MS, () => reasonsOf(url)).catch(() => null)
  if (reasons === null) problems.push(`${name}: /api/health never said that anything is wrong`)
  await sleep(OUTAGE_MS)
  const from = performance.now()
  await end()
  const isBack = await until('all is ready again', BACK_MS, isReady).catch(() => null)
  const backMs = performance.now() - from
  if (isBack === null) problems.push(`${name}: not ready again within ${BACK_MS / 1000} s`)
  for (const part of ['web', 'worker'] as const)
    if ((await order<number>('crashes', part)) > (crashed.get(part) ?? 0))
      problems.push(`${name}: the ${part} ended`)
  await sent
  problems.push(...(await checkRecords(marker, BATCH)))
  print(`${name}: said "${reasons ?? 'nothing'}", ready again ${(backMs / 1000).toFixed(1)} s after its end`)
  return problems
}

/** Every connection that the server takes is somebody else's. */
async function withoutConnections(around: Surroundings): Promise<string[]> {
  const hogs = createPool(env('DATABASE_URL'), 200)
  const held: { release: (destroy: boolean) => void }[] = []
  const take = async () => {
    // what Cordon holds is free once the database began anew: then the others are first
    await order('stop')
    await order('start')
    for (;;) {
      const client = await hogs.connect().catch(() => null)
      if (client === null) return
      client.on('error', () => undefined)
      held.push(client)
    }
  }
  const giveBack = async () => {
    for (const client of held) client.release(true)
    await hogs.end()
  }
  return await outage(around, { name: 'no connection left', begin: take, end: giveBack })
}

/** Everything takes twenty times as long: nobody's pages and records may be lost or refused for good, whatever waits. */
async function onSlowDisk({ url, key, isReady }: Surroundings): Promise<string[]> {
  const marker = 'oslowdisk'
  const records = toRecords(marker, SLOW_SENDS * BATCH)
  const from = performance.now()
  await order('slow')
  const sends = Array.from({ length: SLOW_SENDS }, (_, at) =>
    sendUntilTaken(url, key, records.slice(at * BATCH, (at + 1) * BATCH)),
  )
  const said = await until('health answers', SLOW_MS, () => healthOf(url)).catch(() => null)
  const taken = await Promise.race([Promise.all(sends), sleep(SLOW_MS, null)])
  const takenMs = performance.now() - from
  await order('atFullSpeed')
  const isBack = await until('all is ready again', BACK_MS, isReady).catch(() => null)
  await Promise.all(sends)
  const problems = await checkRecords(marker, records.length)
  if (said === null) problems.push(`slow disk: /api/health did not answer within ${SLOW_MS / 1000} s`)
  if (taken === null)
    problems.push(`slow disk: ${records.length} records were not taken within ${SLOW_MS / 1000} s`)
  if (isBack === null) problems.push(`slow disk: not ready again within ${BACK_MS / 1000} s`)
  print(
    `slow disk: said "${said ?? 'nothing'}", took ${records.length} records in ${(takenMs / 1000).toFixed(1)} s`,
  )
  return problems
}

/** The database's disk is full: its writes fail, or it ends, and is started again once there is space. */
async function withoutSpace(around: Surroundings): Promise<string[]> {
  const { url, key, isReady } = around
  const filled = await order<number | null>('fillDisk')
  if (filled === null) {
    print('disk full: not tried, for this system lets us make no disk')
    return []
  }
  const records = toRecords('odiskfull', 4000)
  const sends = Array.from({ length: 20 }, (_, at) =>
    sendUntilTaken(url, key, records.slice(at * 200, (at + 1) * 200)),
  )
  const said = await until('somebody is refused', NOTICED_MS, () => refusalOf(url, key)).catch(() => null)
  await sleep(OUTAGE_MS)
  await order('freeDisk')
  const hadEnded = await order<boolean>('hasEnded')
  // as systemd or `npm start` would
  if (hadEnded) await order('start')
  const from = performance.now()
  const isBack = await until('all is ready again', BACK_MS, isReady).catch(() => null)
  const problems = isBack === null ? [`disk full: not ready again within ${BACK_MS / 1000} s`] : []
  await Promise.all(sends)
  problems.push(...(await checkRecords('odiskfull', 4000)))
  if (said === null) problems.push('disk full: nobody was refused, so it was not tried')
  print(
    `disk full (${Math.round(filled / 1024 / 1024)} MB filled): said "${said ?? 'nothing'}", PostgreSQL ${hadEnded ? 'ended and was started again' : 'went on'}, ready again ${((performance.now() - from) / 1000).toFixed(1)} s after there was space`,
  )
  return problems
}

async function reasonsOf(url: string): Promise<string | null> {
  const said = await healthOf(url)
  return said === 'ok' ? null : said
}

/** 'ok', or what is wrong. */
async function healthOf(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(10_000) })
  const { ok, reasons = [] } = (await answer.json()) as { ok: boolean; reasons?: string[] }
  return ok ? 'ok' : reasons.join(' ')
}

/** What a shipper is told that cannot be served. */
async function refusalOf(url: string, key: string): Promise<string | null> {
  const body = toRecords(`oprobe${Math.floor(performance.now())}`, 200).join('\n')
  const { ok, status, text } = await postEvents(url, key, body, 10_000)
  return ok ? null : `${status} ${text.slice(0, 160)}`
}

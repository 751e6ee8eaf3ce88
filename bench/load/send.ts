import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { goBehindPages } from '@/lib/priority'
import { print } from '../measuring/print'
import { postEvents } from '../parts/post-events'
import { toRecords } from '../parts/records'
import { burst } from './burst'

/** What the program is told that sends. */
export type Sending = { url: string; key: string; minutes: number }
/** What it sent: records that were taken, requests, and how many of them were asked to come again. */
export type Sent = { records: number; asked: number; refused: number; errors: string[] }

const SHIPPERS = 4
const BATCH = 1000
/** Of winlogbeat's events, about as many are of proxy binaries. */
const SHARE = 0.03
const BURST_MS = 120_000

/** The argument that makes the bench the program that sends. */
export const SENDS = '--sends'

/** Sends from a program of its own, in a session of its own: what packs a burst of half a gigabyte would keep the readers beside it waiting, and the web server. */
export async function startSending(sending: Sending): Promise<Sent> {
  const program = fork(fileURLToPath(import.meta.url), [SENDS, JSON.stringify(sending)], { detached: true })
  const sent = once(program, 'message')
  const ended = once(program, 'exit').then(([code]) => {
    throw new Error(`what sends ended with ${code}`)
  })
  const [told] = (await Promise.race([sent, ended])) as [Sent]
  return told
}

/** Shippers that send as fast as they are taken, and bursts; they have machines of their own elsewhere, and here come after all others. */
export async function send({ url, key, minutes }: Sending): Promise<void> {
  await goBehindPages()
  const over = AbortSignal.timeout(minutes * 60_000)
  const sent: Sent = { records: 0, asked: 0, refused: 0, errors: [] }
  const shippers = Array.from({ length: SHIPPERS }, async (_, shipper) => {
    for (let batch = 0; !over.aborted; batch++) await ship(url, key, `l${shipper}x${batch}`, sent)
  })
  await Promise.all([...shippers, bursts(url, key, over, sent.errors)])
  process.send?.(sent, () => process.exit(0))
}

/** Sends a batch until it is taken. */
async function ship(url: string, key: string, marker: string, sent: Sent): Promise<void> {
  const body = toRecords(marker, BATCH, { hosts: 200, share: SHARE }).join('\n')
  for (let taken = false; !taken; ) {
    const answer = await postEvents(url, key, body)
    sent.asked += 1
    taken = answer.ok
    if (answer.status === 429) {
      sent.refused += 1
      await sleep(Number(answer.retryAfter ?? 1) * 1000)
    } else if (!answer.ok) {
      sent.errors.push(`ingest answered ${answer.status}`)
      await sleep(1000)
    }
  }
  sent.records += BATCH
}

async function bursts(url: string, key: string, over: AbortSignal, errors: string[]): Promise<void> {
  const pause = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined)
  await pause(BURST_MS / 2)
  while (!over.aborted) {
    const { statuses, problems } = await burst(url, key)
    print(`  burst: ${statuses}`)
    errors.push(...problems)
    await pause(BURST_MS)
  }
}

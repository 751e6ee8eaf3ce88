import { setTimeout as delay } from 'node:timers/promises'
import { log } from '@/lib/log'
import type { Pool } from '@/lib/store/pool'

/** Looks for work at least this often, should a notification be lost. */
const IDLE_MS = 5_000
/** Lets a burst settle, so that what follows is done once. */
const SETTLE_MS = 1_000
const RETRY_MS = 3_000

/** Listens for notifications on a connection of its own, which the database knows by its name. */
type Listener = { channel: 'cordon_work' | 'cordon_change'; name: string }
/** Does what there is to do; answers in how many milliseconds something is due, null = not known. */
type Round = () => Promise<number | null>

/**
 * Does a round at once and after each notification, when something is due, and every few seconds, until stopped. After a round that failed, which
 * the log tells, it listens anew in a moment.
 */
export async function workOnWakeUps(
  from: Pool,
  listener: Listener,
  signal: AbortSignal,
  round: Round,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await listen(from, listener, signal, round)
    } catch (error) {
      log().error({ err: error }, `${listener.name} interrupted; going on in a moment`)
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Until its connection is lost, which is nobody's failure. A notification that arrives during a round shortens the next wait to nothing. */
async function listen(
  from: Pool,
  { channel, name }: Listener,
  signal: AbortSignal,
  round: Round,
): Promise<void> {
  const client = await from.connect()
  let woken = new AbortController()
  const wake = () => woken.abort()
  client.on('notification', wake)
  let isLost = false
  client.on('error', () => {
    isLost = true
    wake()
  })
  try {
    await client.query(`SET application_name = '${name}'; LISTEN ${channel}`)
    while (!signal.aborted && !isLost) {
      const waitMs = Math.min(IDLE_MS, (await round()) ?? IDLE_MS)
      await delay(waitMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(
        () => undefined,
      )
      if (woken.signal.aborted) await delay(SETTLE_MS, undefined, { signal }).catch(() => undefined)
      woken = new AbortController()
    }
  } finally {
    client.release(true)
  }
}

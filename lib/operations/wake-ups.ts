import { setTimeout as delay } from 'node:timers/promises'
import type { Pool } from '@/lib/store/pool'

/** Looks for work at least this often, should a notification be lost. */
const IDLE_MS = 5_000
/** Lets a burst settle, so that what follows is done once. */
const SETTLE_MS = 1_000

/** Waits for the next notification, or for something that is due in so many milliseconds, or for a while. */
export type NextWakeUp = (dueMs?: number | null) => Promise<void>

/** Listens for notifications on a connection of its own, which the database knows by `name`; one that arrives during work shortens the next wait to nothing. */
export async function withWakeUps(
  from: Pool,
  { channel, name }: { channel: 'cordon_work' | 'cordon_change'; name: string },
  signal: AbortSignal,
  work: (nextWakeUp: NextWakeUp) => Promise<void>,
): Promise<void> {
  const client = await from.connect()
  let woken = new AbortController()
  const wake = () => woken.abort()
  client.on('notification', wake)
  client.on('error', wake)
  try {
    await client.query(`SET application_name = '${name}'; LISTEN ${channel}`)
    await work(async (dueMs = null) => {
      const waitMs = Math.min(IDLE_MS, dueMs ?? IDLE_MS)
      await delay(waitMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(
        () => undefined,
      )
      if (woken.signal.aborted) await delay(SETTLE_MS, undefined, { signal }).catch(() => undefined)
      woken = new AbortController()
    })
  } finally {
    client.release(true)
  }
}

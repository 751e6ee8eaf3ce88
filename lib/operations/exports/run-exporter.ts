import { setTimeout as delay } from 'node:timers/promises'
import { log } from '@/lib/log'
import { withWakeUps } from '@/lib/operations/wake-ups'
import type { Pool } from '@/lib/store/pool'
import { runExports } from './run-exports'

const RETRY_MS = 3_000

/** Sends exports as they fall due, beside the worker's other work, until stopped. */
export async function runExporter(pool: Pool, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await withWakeUps(
        pool,
        { channel: 'cordon_work', name: 'cordon exporter' },
        signal,
        async (nextWakeUp) => {
          while (!signal.aborted) {
            await runExports(pool, signal)
            await nextWakeUp()
          }
        },
      )
    } catch (error) {
      log().error({ err: error }, 'scheduled exports interrupted; going on in a moment')
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

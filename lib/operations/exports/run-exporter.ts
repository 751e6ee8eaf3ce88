import { workOnWakeUps } from '@/lib/operations/wake-ups'
import type { Pool } from '@/lib/store/pool'
import { runExports } from './run-exports'

/** Sends exports as they fall due, beside the worker's other work, until stopped. */
export async function runExporter(pool: Pool, signal: AbortSignal): Promise<void> {
  await workOnWakeUps(pool, { channel: 'cordon_work', name: 'cordon exporter' }, signal, async () => {
    await runExports(pool, signal)
    return null
  })
}

import type { Pool } from '@/lib/store/pool'
import { findRow, sql, transaction } from '@/lib/store/sql'
import { queueEverything } from './work-queue'

/** Queues everything again where what is derived was computed by another method; answers whether it was. */
export function adoptMethod(pool: Pool, method: number): Promise<boolean> {
  return transaction(pool, async (client) => {
    const stored = await findRow<{ version: number | null }>(client, sql`SELECT version FROM scoring_method`)
    if (stored?.version === method) return false
    await client.query('UPDATE scoring_method SET version = $1', [method])
    if (stored === null || stored.version === null) return false
    await queueEverything(client)
    return true
  })
}

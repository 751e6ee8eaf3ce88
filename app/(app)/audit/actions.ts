'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { auditFaults, verifyAudit } from '@/lib/operations/verify-audit'

/** How many entries there are, and what is wrong with them, a sentence each. `head`: the last hash; null = it is not whole. */
export type ChainStatus = { entries: number; head: string | null; faults: string[] }

export async function verifyAction(): Promise<ActionResult<ChainStatus>> {
  const actor = await requireActor('view-audit')
  return await actionResult(async () => {
    const result = await verifyAudit(actor)
    return {
      entries: result.entries,
      head: result.intact ? result.head : null,
      faults: auditFaults(result),
    }
  })
}

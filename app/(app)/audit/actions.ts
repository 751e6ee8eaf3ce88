'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { verifyAudit } from '@/lib/operations/verify-audit'

/** How many entries there are, and the first that does not follow from the one before it; null = the chain is whole. */
export type ChainStatus = { entries: number; brokenAt: string | null }

export async function verifyAction(): Promise<ActionResult<ChainStatus>> {
  const actor = await requireActor('view-audit')
  return await actionResult(async () => {
    const result = await verifyAudit(actor)
    return { entries: result.entries, brokenAt: result.intact ? null : String(result.brokenAt) }
  })
}

'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { verifyAudit } from '@/lib/operations/verify-audit'

/** How many entries there are, and what is wrong with them: the first that does not follow from the one before it, or how many are missing at the end. */
export type ChainStatus = { entries: number } & (
  | { is: 'whole'; head: string }
  | { is: 'broken'; at: string }
  | { is: 'cut'; missing: string }
)

export async function verifyAction(): Promise<ActionResult<ChainStatus>> {
  const actor = await requireActor('view-audit')
  return await actionResult(async () => {
    const result = await verifyAudit(actor)
    const { entries } = result
    if (result.intact) return { entries, is: 'whole', head: result.head }
    return 'brokenAt' in result
      ? { entries, is: 'broken', at: String(result.brokenAt) }
      : { entries, is: 'cut', missing: String(result.missing) }
  })
}

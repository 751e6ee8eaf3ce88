'use server'

import { requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { changeSigmaRules, type SigmaChange } from '@/lib/operations/sigma/change-sigma-rules'

export async function changeRulesAction(change: SigmaChange): Promise<ActionResult<number>> {
  return await actionResult(async () => changeSigmaRules(await requireFreshSession('manage-sigma'), change))
}

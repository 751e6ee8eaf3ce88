'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { changeSigmaRules, type SigmaChange } from '@/lib/operations/sigma/change-sigma-rules'

export async function changeRulesAction(change: SigmaChange): Promise<ActionResult<number>> {
  const actor = await requireActor('manage-sigma')
  return await actionResult(() => changeSigmaRules(actor, change))
}

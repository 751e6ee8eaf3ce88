'use server'

import { requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { type RetentionChange, setRetention } from '@/lib/operations/retention'

export async function setRetentionAction(change: RetentionChange): Promise<ActionResult<void>> {
  return await actionResult(async () => setRetention(await requireFreshSession('manage-settings'), change))
}

'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { type RetentionChange, setRetention } from '@/lib/operations/retention'

export async function setRetentionAction(change: RetentionChange): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => setRetention(actor, change))
}

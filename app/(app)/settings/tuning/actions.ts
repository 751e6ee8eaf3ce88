'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { answerThresholdProposal } from '@/lib/operations/calibration'

export async function answerProposalAction(answer: {
  id: string
  accept: boolean
}): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => answerThresholdProposal(actor, answer))
}

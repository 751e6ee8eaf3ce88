'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { answerThresholdProposal } from '@/lib/operations/calibration'
import { changeSettings, type SettingsChange } from '@/lib/operations/change-settings'
import { type PreviewOfSettings, previewSettings } from '@/lib/operations/preview-settings'

export async function answerProposalAction(answer: {
  id: string
  accept: boolean
}): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    answerThresholdProposal(await requireFreshSession('manage-settings'), answer),
  )
}

export async function previewSettingsAction(
  change: SettingsChange,
): Promise<ActionResult<PreviewOfSettings>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => previewSettings(actor, change))
}

export async function changeSettingsAction(change: SettingsChange): Promise<ActionResult<{ hosts: number }>> {
  return await actionResult(async () => changeSettings(await requireFreshSession('manage-settings'), change))
}

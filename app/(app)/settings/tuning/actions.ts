'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { answerThresholdProposal } from '@/lib/operations/calibration'
import { changeSettings, type SettingsChange } from '@/lib/operations/change-settings'
import { type PreviewOfSettings, previewSettings } from '@/lib/operations/preview-settings'

export async function answerProposalAction(answer: {
  id: string
  accept: boolean
}): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => answerThresholdProposal(actor, answer))
}

export async function previewSettingsAction(
  change: SettingsChange,
): Promise<ActionResult<PreviewOfSettings>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => previewSettings(actor, change))
}

export async function changeSettingsAction(change: SettingsChange): Promise<ActionResult<{ hosts: number }>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => changeSettings(actor, change))
}

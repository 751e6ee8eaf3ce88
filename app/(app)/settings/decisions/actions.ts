'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  changeDecisionSettings,
  type DecisionSettingsChange,
} from '@/lib/operations/decision/change-decision-settings'

export async function changeDecisionSettingsAction(
  change: DecisionSettingsChange,
): Promise<ActionResult<void>> {
  const actor = await requireActor('manage-settings')
  return await actionResult(() => changeDecisionSettings(actor, change))
}

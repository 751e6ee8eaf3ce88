'use server'

import { requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  changeDecisionSettings,
  type DecisionSettingsChange,
} from '@/lib/operations/decision/change-decision-settings'

export async function changeDecisionSettingsAction(
  change: DecisionSettingsChange,
): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    changeDecisionSettings(await requireFreshSession('manage-settings'), change),
  )
}

'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  declareIncident,
  endIncident,
  type IncidentDraft,
  type IncidentTarget,
  previewIncident,
  withdrawIncident,
} from '@/lib/operations/incidents'
import type { IncidentEffect } from '@/lib/pipeline/deviation/incident'

export async function previewIncidentAction(draft: IncidentDraft): Promise<ActionResult<IncidentEffect>> {
  const actor = await requireActor('declare-incident')
  return await actionResult(() => previewIncident(actor, draft))
}

export async function declareIncidentAction(draft: IncidentDraft): Promise<ActionResult<number>> {
  const actor = await requireActor('declare-incident')
  return await actionResult(() => declareIncident(actor, draft))
}

export async function endIncidentAction(end: IncidentTarget & { to: string }): Promise<ActionResult<void>> {
  const actor = await requireActor('declare-incident')
  return await actionResult(() => endIncident(actor, end))
}

export async function withdrawIncidentAction(target: IncidentTarget): Promise<ActionResult<void>> {
  const actor = await requireActor('declare-incident')
  return await actionResult(() => withdrawIncident(actor, target))
}

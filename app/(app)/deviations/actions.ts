'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { assignDeviation } from '@/lib/operations/assign-deviation'
import { commentDeviation } from '@/lib/operations/comment-deviation'
import { type BulkResult, inBulk } from '@/lib/operations/in-bulk'
import { previewTriage } from '@/lib/operations/preview-triage'
import { type Judgement, triageDeviation } from '@/lib/operations/triage-deviation'
import { undoTriage } from '@/lib/operations/undo-triage'
import type { PatternUse } from '@/lib/pipeline/deviation/triage-plan'

type Target = { id: string; version: number }

/** What is on record of each item: what a triage would judge. */
export async function previewAction(ids: readonly string[]): Promise<ActionResult<PatternUse[][]>> {
  const actor = await requireActor('triage')
  return await actionResult(() => previewTriage(actor, ids))
}

export async function triageAction(
  targets: readonly Target[],
  judgement: Judgement,
): Promise<ActionResult<BulkResult>> {
  const actor = await requireActor('triage')
  return await actionResult(() =>
    inBulk(targets, ({ id, version }) => triageDeviation(actor, { id, version, ...judgement })),
  )
}

export async function undoAction(targets: readonly Target[]): Promise<ActionResult<BulkResult>> {
  const actor = await requireActor('triage')
  return await actionResult(() => inBulk(targets, (target) => undoTriage(actor, target)))
}

/** `assigneeId`: an account, or null for nobody. */
export async function assignAction(
  targets: readonly (Target & { assigneeId: string | null })[],
): Promise<ActionResult<BulkResult>> {
  const actor = await requireActor('triage')
  return await actionResult(() =>
    inBulk(targets, ({ id, version, assigneeId }) => assignDeviation(actor, { id, version, assigneeId })),
  )
}

export async function noteAction(
  targets: readonly Target[],
  note: string,
): Promise<ActionResult<BulkResult>> {
  const actor = await requireActor('triage')
  return await actionResult(() =>
    inBulk(targets, ({ id, version }) => commentDeviation(actor, { id, version, note })),
  )
}

'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { ExpectedError } from '@/lib/errors'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { breakGlass, type Emergency } from '@/lib/operations/decision/break-glass'
import { decide, type Judgement } from '@/lib/operations/decision/decide'
import { type BatchJudgement, decideBatch } from '@/lib/operations/decision/decide-batch'
import { type Delegated, delegate } from '@/lib/operations/decision/delegate'
import { type Explanation, explainAttempts } from '@/lib/operations/decision/explain-attempts'
import { moveRing, type RingMoveRequest } from '@/lib/operations/decision/move-ring'
import type { Target } from '@/lib/operations/decision/person'
import { type Batch, proposeBatch } from '@/lib/operations/decision/propose-batch'
import { proposeDecision } from '@/lib/operations/decision/propose-decision'
import { revokeDecision } from '@/lib/operations/decision/revoke-decision'
import { type Draft, saveDraft } from '@/lib/operations/decision/save-draft'
import { startAudit } from '@/lib/operations/decision/start-audit'
import { withdrawDecision } from '@/lib/operations/decision/withdraw-decision'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { UseSeen } from '@/lib/pipeline/decision/evidence'
import { MAX_HOSTS, TOO_MANY_HOSTS } from '@/lib/pipeline/decision/schemas'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { type Choice, findHosts, listHostChoices } from '@/lib/store/screens/decision/form'
import { listNarrowableHosts } from '@/lib/store/screens/decision/narrowed'
import type { Places } from './draft-form/draft-values'
import type { KnownUse } from './draft-form/known-words'
import { loadKnownUse, loadUseSeen } from './load-known'
import { loadNarrowed, type Narrowed } from './load-narrowed'

/** What to do with a draft once it is kept. */
export type DraftStep = 'keep' | 'audit' | 'propose'

export async function saveDraftAction(
  draft: Draft,
  step: DraftStep,
): Promise<ActionResult<{ id: number; version: number; failed: string | null }>> {
  const actor = await requireActor('propose')
  return await actionResult(async () => {
    const kept = await saveDraft(actor, draft)
    try {
      if (step === 'audit') await startAudit(actor, kept)
      if (step === 'propose') await proposeDecision(actor, kept)
      return { ...kept, failed: null }
    } catch (error) {
      // what was written is kept either way
      if (error instanceof ExpectedError) return { ...kept, failed: error.message }
      throw error
    }
  })
}

/** Hosts by any of their names, as a scope or an exception names them. */
export async function findHostsAction(
  names: readonly string[],
): Promise<ActionResult<Awaited<ReturnType<typeof findHosts>>>> {
  const actor = await requireActor('propose')
  return await actionResult(() => {
    if (names.length > MAX_HOSTS) throw new ExpectedError('invalid-input', TOO_MANY_HOSTS)
    return findHosts(actor.scope, names)
  })
}

/** The single hosts that a decision may name. */
export async function hostChoicesAction(): Promise<ActionResult<Choice[]>> {
  const actor = await requireActor('propose')
  return await actionResult(() => listHostChoices(actor.scope))
}

/** What is known today of a binary's use where a decision is to hold. */
export async function knownUseAction(slug: string, places: Places): Promise<ActionResult<KnownUse>> {
  const actor = await requireActor('propose')
  return await actionResult(() => loadKnownUse(actor, slug, places))
}

/** What is known today of a binary's use, for who is about to block it. */
export async function findUseAction(slug: string): Promise<ActionResult<UseSeen | null>> {
  const actor = await requireActor('propose')
  return await actionResult(() => loadUseSeen(actor, slug))
}

export async function proposeAction(target: Target): Promise<ActionResult<void>> {
  const actor = await requireActor('propose')
  return await actionResult(() => proposeDecision(actor, target))
}

export async function startAuditAction(target: Target): Promise<ActionResult<void>> {
  const actor = await requireActor('propose')
  return await actionResult(() => startAudit(actor, target))
}

/** The single hosts to which an approval may narrow a decision. */
export async function narrowableHostsAction(id: number): Promise<ActionResult<Choice[]>> {
  const actor = await requireActor('decide')
  return await actionResult(() => listNarrowableHosts(actor.scope, judgeOf(actor), id))
}

/** What an approval for some places alone would let a block interrupt there, and which rings fall away. */
export async function narrowedAction(id: number, narrowed: DecisionScope): Promise<ActionResult<Narrowed>> {
  const actor = await requireActor('decide')
  return await actionResult(() => loadNarrowed(actor, id, narrowed))
}

export async function decideAction(judgement: Judgement): Promise<ActionResult<void>> {
  return await actionResult(async () => decide(await requireFreshSession('decide'), judgement))
}

export async function decideBatchAction(judgement: BatchJudgement): Promise<ActionResult<void>> {
  return await actionResult(async () => decideBatch(await requireFreshSession('decide'), judgement))
}

export async function withdrawAction(target: Target): Promise<ActionResult<void>> {
  const actor = await requireActor('propose')
  return await actionResult(() => withdrawDecision(actor, target))
}

export async function revokeAction(revocation: Target & { reason: string }): Promise<ActionResult<void>> {
  return await actionResult(async () => revokeDecision(await requireFreshSession('decide'), revocation))
}

export async function moveRingAction(request: RingMoveRequest): Promise<ActionResult<void>> {
  return await actionResult(async () => moveRing(await requireFreshSession('propose'), request))
}

export async function explainAction(explanation: Explanation): Promise<ActionResult<void>> {
  const actor = await requireActor('propose')
  return await actionResult(() => explainAttempts(actor, explanation))
}

export async function breakGlassAction(emergency: Emergency): Promise<ActionResult<number>> {
  return await actionResult(async () => breakGlass(await requireFreshSession('propose'), emergency))
}

export async function proposeBatchAction(batch: Batch): Promise<ActionResult<string>> {
  const actor = await requireActor('propose')
  return await actionResult(() => proposeBatch(actor, batch))
}

export async function delegateAction(delegated: Delegated): Promise<ActionResult<void>> {
  return await actionResult(async () => delegate(await requireFreshSession('decide'), delegated))
}

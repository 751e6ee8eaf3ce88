'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { decide, type Judgement } from '@/lib/operations/decision/decide'
import { type Proposal, proposeDecision } from '@/lib/operations/decision/propose-decision'
import { type Withdrawal, withdrawDecision } from '@/lib/operations/decision/withdraw-decision'

export async function proposeAction(proposal: Proposal): Promise<ActionResult<number>> {
  const actor = await requireActor('propose')
  return await actionResult(() => proposeDecision(actor, proposal))
}

export async function decideAction(judgement: Judgement): Promise<ActionResult<void>> {
  const actor = await requireActor('decide')
  return await actionResult(() => decide(actor, judgement))
}

export async function withdrawAction(withdrawal: Withdrawal): Promise<ActionResult<void>> {
  const actor = await requireActor('propose')
  return await actionResult(() => withdrawDecision(actor, withdrawal))
}

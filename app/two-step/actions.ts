'use server'

import { headers } from 'next/headers'
import { clientAddress } from '@/lib/access/client-address'
import { requireAnySession, requireFreshSession } from '@/lib/access/current-actor'
import { proveIdentity } from '@/lib/access/prove-identity'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  beginTwoStep,
  confirmTwoStep,
  endTwoStep,
  renewRecoveryCodes,
  type TwoStepDraft,
} from '@/lib/operations/two-step'

/** A proof of who somebody is, for what a stolen session must not do. */
export async function proveIdentityAction(proof: string): Promise<ActionResult<void>> {
  const session = await requireAnySession()
  const address = clientAddress(await headers())
  return await actionResult(() => proveIdentity(session, String(proof), address))
}

export async function beginTwoStepAction(): Promise<ActionResult<TwoStepDraft>> {
  const session = await requireAnySession()
  return await actionResult(() => beginTwoStep(session))
}

export async function confirmTwoStepAction(code: string): Promise<ActionResult<string[]>> {
  const { actor, sessionId } = await requireAnySession()
  const address = clientAddress(await headers())
  return await actionResult(() => confirmTwoStep(actor, sessionId, String(code), address))
}

export async function renewRecoveryCodesAction(): Promise<ActionResult<string[]>> {
  return await actionResult(async () => renewRecoveryCodes(await requireFreshSession('view')))
}

export async function endTwoStepAction(): Promise<ActionResult<void>> {
  return await actionResult(async () => endTwoStep(await requireFreshSession('view')))
}

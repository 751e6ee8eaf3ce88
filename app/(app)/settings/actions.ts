'use server'

import { headers } from 'next/headers'
import { clientAddress } from '@/lib/access/client-address'
import { requireActor, requireFreshSession, requireSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  type HandedLink,
  type Invitation,
  inviteAccount,
  issueAccountLink,
} from '@/lib/operations/account-links'
import { createApiKey, type NewKey, revokeApiKey } from '@/lib/operations/api-keys'
import { type AccessPolicyDraft, changeAccessPolicy } from '@/lib/operations/change-access-policy'
import { type AccountChange, changeAccount } from '@/lib/operations/change-account'
import { changeOwnPassword } from '@/lib/operations/change-own-account'
import { endSession } from '@/lib/operations/end-session'

export async function endSessionAction(sessionId: string): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => endSession(actor, sessionId))
}

export async function changePasswordAction(form: FormData): Promise<ActionResult<void>> {
  const { actor, sessionId } = await requireSession()
  const submitted = { current: String(form.get('current')), next: String(form.get('next')) }
  const address = clientAddress(await headers())
  return await actionResult(() => changeOwnPassword(actor, sessionId, submitted, address))
}

export async function inviteAccountAction(invitation: Invitation): Promise<ActionResult<HandedLink>> {
  return await actionResult(async () =>
    inviteAccount(await requireFreshSession('manage-accounts'), invitation),
  )
}

export async function issueAccountLinkAction(accountId: string): Promise<ActionResult<HandedLink>> {
  return await actionResult(async () =>
    issueAccountLink(await requireFreshSession('manage-accounts'), accountId),
  )
}

export async function changeAccountAction(
  accountId: string,
  change: AccountChange,
): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    changeAccount(await requireFreshSession('manage-accounts'), accountId, change),
  )
}

export async function changeAccessPolicyAction(policy: AccessPolicyDraft): Promise<ActionResult<void>> {
  return await actionResult(async () =>
    changeAccessPolicy(await requireFreshSession('manage-accounts'), policy),
  )
}

export async function createKeyAction(key: NewKey): Promise<ActionResult<string>> {
  return await actionResult(async () => createApiKey(await requireFreshSession('manage-keys'), key))
}

export async function revokeKeyAction(keyId: string): Promise<ActionResult<void>> {
  return await actionResult(async () => revokeApiKey(await requireFreshSession('manage-keys'), keyId))
}

'use server'

import { requireActor, requireSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { createApiKey, revokeApiKey } from '@/lib/operations/api-keys'
import { type AccountChange, changeAccount } from '@/lib/operations/change-account'
import { changeOwnPassword } from '@/lib/operations/change-own-account'
import { createAccount, type NewAccount } from '@/lib/operations/create-account'
import { endSession } from '@/lib/operations/end-session'
import type { KeyScope } from '@/lib/pipeline/actor'

export async function endSessionAction(sessionId: string): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => endSession(actor, sessionId))
}

export async function changePasswordAction(form: FormData): Promise<ActionResult<void>> {
  const { actor, sessionId } = await requireSession()
  const submitted = { current: String(form.get('current')), next: String(form.get('next')) }
  return await actionResult(() => changeOwnPassword(actor, sessionId, submitted))
}

export async function createAccountAction(account: NewAccount): Promise<ActionResult<string>> {
  const actor = await requireActor()
  return await actionResult(() => createAccount(actor, account))
}

export async function changeAccountAction(
  accountId: string,
  change: AccountChange,
): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => changeAccount(actor, accountId, change))
}

export async function createKeyAction(key: {
  name: string
  scopes: KeyScope[]
}): Promise<ActionResult<string>> {
  const actor = await requireActor()
  return await actionResult(() => createApiKey(actor, key))
}

export async function revokeKeyAction(keyId: string): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => revokeApiKey(actor, keyId))
}

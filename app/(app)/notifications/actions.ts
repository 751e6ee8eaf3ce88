'use server'

import { requireActor } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import { readNotifications } from '@/lib/operations/notifications/inbox'

/** `throughId`: every one up to it. */
export async function readNotificationsAction(
  which: { ids: string[] } | { throughId: string },
): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => readNotifications(actor, which))
}

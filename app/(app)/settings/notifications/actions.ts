'use server'

import { requireActor, requireFreshSession } from '@/lib/access/current-actor'
import { type ActionResult, actionResult } from '@/lib/http/action-result'
import {
  chooseNotification,
  removeWebhook,
  sendTestNotification,
  setWebhook,
} from '@/lib/operations/notifications/choices'
import { retryDelivery } from '@/lib/operations/notifications/inbox'
import type {
  DeliveryChannel,
  NotificationChoice,
  NotificationEvent,
} from '@/lib/pipeline/decision/notification'

export async function chooseNotificationAction(
  event: NotificationEvent,
  choice: NotificationChoice,
): Promise<ActionResult<void>> {
  return await actionResult(async () => {
    // whoever has a session of somebody's must not silence what tells them so
    const actor = event === 'own-account' ? await requireFreshSession('view') : await requireActor()
    await chooseNotification(actor, { event, ...choice })
  })
}

/** Answers the secret that receivers check signatures with. */
export async function setWebhookAction(url: string): Promise<ActionResult<string>> {
  return await actionResult(async () => setWebhook(await requireFreshSession('view'), url))
}

export async function removeWebhookAction(): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => removeWebhook(actor))
}

export async function sendTestAction(channel: DeliveryChannel): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => sendTestNotification(actor, channel))
}

export async function retryDeliveryAction(deliveryId: string): Promise<ActionResult<void>> {
  const actor = await requireActor()
  return await actionResult(() => retryDelivery(actor, deliveryId))
}

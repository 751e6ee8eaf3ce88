import { baseUrl } from '@/lib/env'
import { ExpectedError } from '@/lib/errors'
import { failedAttempt } from '@/lib/operations/failed-attempt'
import {
  type Delivery,
  finishDelivery,
  type Outcome,
  takeDeliveries,
} from '@/lib/store/notifications/deliveries'
import type { Pool } from '@/lib/store/pool'
import { sendMail } from './send-mail'
import { jsonBody, sendWebhook, webhookSecret } from './send-webhook'

/** At once: receivers that time out hold up only each other. */
const AT_ONCE = 8

/** Sends what is due. Answers how many it tried. */
export async function deliverDue(pool: Pool, isStopped: () => boolean = () => false): Promise<number> {
  let tried = 0
  while (!isStopped()) {
    const due = await takeDeliveries(pool, AT_ONCE)
    if (due.length === 0) break
    await Promise.all(due.map(async (delivery) => finishDelivery(pool, delivery, await attempt(delivery))))
    tried += due.length
  }
  return tried
}

async function attempt(delivery: Delivery): Promise<Outcome> {
  try {
    if (delivery.account.disabled) throw new ExpectedError('forbidden', 'The account was disabled.')
    await (delivery.channel === 'email' ? mail(delivery) : post(delivery))
    return { sent: true }
  } catch (error) {
    return { sent: false, ...failedAttempt(error, delivery.attempts, { delivery: delivery.id }) }
  }
}

async function mail({ id, title, href, account }: Delivery): Promise<void> {
  const { host } = new URL(baseUrl())
  await sendMail({
    to: { name: account.name, address: account.email },
    subject: title,
    text: `${title}\n\n${baseUrl()}${href}\n\nWhat you are told of, and how: ${baseUrl()}/settings/notifications\n`,
    // the same however often it is sent, so that a mailbox shows it once
    messageId: `<cordon.${id}@${host.replace(/:\d+$/, '')}>`,
  })
}

async function post({
  id,
  notificationId,
  event,
  title,
  href,
  at,
  account,
  webhook,
}: Delivery): Promise<void> {
  if (webhook === null) throw new ExpectedError('not-found', 'There is no webhook any more.')
  const body = jsonBody({
    id: notificationId,
    event,
    at: new Date(Math.floor(at / 1000)).toISOString(),
    title,
    url: `${baseUrl()}${href}`,
    account: { name: account.name, email: account.email },
  })
  await sendWebhook({
    url: webhook.url,
    secret: webhookSecret(account.id, webhook.salt),
    deliveryId: id,
    event,
    body,
  })
}

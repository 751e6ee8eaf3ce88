import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import { NOTIFICATION_EVENTS } from '@/lib/pipeline/decision/notification'
import type { AccountActor } from '@/lib/store/accounts'
import { queueTest } from '@/lib/store/notifications/inbox'
import { prisma } from '@/lib/store/prisma'
import { canMail } from './send-mail'
import { checkWebhookUrl, webhookSecret } from './send-webhook'

const MAX_SCORE_MILLIBITS = 200_000
const Choice = z.object({
  event: z.enum(NOTIFICATION_EVENTS),
  inApp: z.boolean(),
  email: z.boolean(),
  webhook: z.boolean(),
  minScoreMillibits: z.int().min(0).max(MAX_SCORE_MILLIBITS, 'No score is that high.').nullable(),
})

/** Keeps how the actor wants to hear of an event. Not audited: it changes nothing for anybody else. @throws ExpectedError 'invalid-input' */
export async function chooseNotification(
  { accountId }: AccountActor,
  submitted: z.input<typeof Choice>,
): Promise<void> {
  const { event, ...choice } = checked(Choice, submitted)
  await prisma().notificationChoice.upsert({
    where: { accountId_event: { accountId, event } },
    create: { accountId, event, ...choice },
    update: choice,
  })
}

const WebhookAddress = z.string().trim().min(1, 'Give an address.').max(2000, 'This address is too long.')

/**
 * Sets where the actor's notifications are posted to, and answers the secret that receivers check signatures with: it is shown once, and a
 * new address gets a new one.
 * @throws ExpectedError 'invalid-input' when the address may not be posted to
 */
export async function setWebhook(actor: AccountActor, submitted: string): Promise<string> {
  const { accountId } = actor
  const { url } = await checkWebhookUrl(checked(WebhookAddress, submitted))
  const data = { url: url.toString(), salt: randomBytes(16).toString('base64url') }
  await audited(
    actor,
    // its path may hold a secret of the receiver's
    { action: 'webhook-set', subjectKind: 'account', subjectId: accountId, detail: { host: url.host } },
    async (tx) => {
      await tx.webhook.upsert({ where: { accountId }, create: { accountId, ...data }, update: data })
    },
  )
  return webhookSecret(accountId, data.salt)
}

/** @throws ExpectedError 'not-found' */
export async function removeWebhook(actor: AccountActor): Promise<void> {
  const { accountId } = actor
  await audited(
    actor,
    { action: 'webhook-removed', subjectKind: 'account', subjectId: accountId },
    async (tx) => {
      const { count } = await tx.webhook.deleteMany({ where: { accountId } })
      if (count === 0) throw new ExpectedError('not-found', 'There is no webhook of yours.')
    },
  )
}

const Channel = z.enum(['email', 'webhook'])

/** Tests a minute: a receiver may be somebody else's. */
const MAX_TESTS = 5
const MINUTE_MS = 60_000

/** Sends the actor a test; what became of it shows among the deliveries. @throws ExpectedError 'unavailable', 'not-found', or 'busy' after too many */
export async function sendTestNotification(
  { accountId }: AccountActor,
  submitted: z.input<typeof Channel>,
): Promise<void> {
  const channel = checked(Channel, submitted)
  if (channel === 'email' && !canMail())
    throw new ExpectedError('unavailable', 'No mail server is set: an administrator gives CORDON_SMTP_URL.')
  if (channel === 'webhook' && (await prisma().webhook.count({ where: { accountId } })) === 0)
    throw new ExpectedError('not-found', 'There is no webhook of yours.')
  const recent = { accountId, event: 'test', at: { gt: new Date(now().getTime() - MINUTE_MS) } }
  if ((await prisma().notification.count({ where: recent })) >= MAX_TESTS)
    throw new ExpectedError('busy', `At most ${MAX_TESTS} tests a minute: wait a moment.`)
  await queueTest(accountId, channel, `test:${randomUUID()}`)
}

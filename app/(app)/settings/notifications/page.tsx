import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { canMail } from '@/lib/operations/notifications/send-mail'
import { RETRY_WORDS } from '@/lib/pipeline/decision/notification'
import { findWebhook, listDeliveries, readChoices } from '@/lib/store/screens/notifications'
import { ChoicesTable } from './choices-table'
import { DeliveryLog } from './delivery-log'
import { EmailSection } from './email-section'
import { WebhookForm } from './webhook-form'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationSettingsPage() {
  const { accountId, email } = await requireActor()
  const [choices, webhook, deliveries] = await Promise.all([
    readChoices(accountId),
    findWebhook(accountId),
    listDeliveries(accountId),
  ])
  return (
    <div className="max-w-4xl">
      <Section
        title="What I am told of"
        description="Under the bell of these pages, by e-mail, or posted to a webhook. What you did yourself is not told to you."
      >
        <ChoicesTable choices={choices} mayMail={canMail()} hasWebhook={webhook !== null} />
      </Section>
      <Section title="E-mail">
        <EmailSection address={email} mayMail={canMail()} />
      </Section>
      <Section
        title="Webhook"
        description="Each notification is posted there as JSON, signed with HMAC-SHA256 over its time and body. Redirects are not followed, and only public addresses are taken unless an administrator allows others."
      >
        <WebhookForm key={webhook?.url ?? ''} webhook={webhook} />
      </Section>
      <Section title="Deliveries" description={`The last 50. ${RETRY_WORDS}.`}>
        <DeliveryLog deliveries={deliveries} />
      </Section>
    </div>
  )
}

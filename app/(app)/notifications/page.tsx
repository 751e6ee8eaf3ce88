import { Bell } from 'lucide-react'
import type { Metadata } from 'next'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/state-message'
import { requireActor } from '@/lib/access/current-actor'
import { listInbox } from '@/lib/store/screens/notifications'
import { InboxList } from './inbox-list'

export const metadata: Metadata = { title: 'Notifications' }

const settings = <LinkButton href="/settings/notifications">What I am told of</LinkButton>

export default async function NotificationsPage() {
  const actor = await requireActor()
  const items = await listInbox(actor.accountId)
  return (
    <>
      <PageHeader
        title="Notifications"
        description="What was meant for you, newest first. What is read stays here."
        actions={settings}
      />
      <InboxList
        items={items}
        empty={
          <EmptyState icon={<Bell aria-hidden />} title="Nothing was meant for you yet" actions={settings}>
            Deviations that are assigned to you, notes on them, decisions that wait for you and alarms appear
            here.
          </EmptyState>
        }
      />
    </>
  )
}

import type { ReactNode } from 'react'
import { PageHeader } from '@/components/ui/page-header'
import { LinkTabs } from '@/components/ui/tabs'
import { requireActor } from '@/lib/access/current-actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requireActor()
  const tabs = [
    { href: '/settings', label: 'Profile', shown: true },
    { href: '/settings/notifications', label: 'Notifications', shown: true },
    { href: '/settings/accounts', label: 'Accounts', shown: actorMay(actor, 'manage-accounts') },
    { href: '/settings/host-groups', label: 'Host groups', shown: actorMay(actor, 'manage-hosts') },
    { href: '/settings/tuning', label: 'Tuning', shown: actorMay(actor, 'manage-settings') },
    { href: '/settings/decisions', label: 'Decisions', shown: actorMay(actor, 'manage-settings') },
    { href: '/settings/catalogue', label: 'Catalogue', shown: actorMay(actor, 'manage-catalogue') },
    { href: '/settings/sigma', label: 'Sigma rules', shown: actorMay(actor, 'manage-sigma') },
    { href: '/settings/system', label: 'System', shown: actorMay(actor, 'manage-settings') },
    { href: '/settings/exports', label: 'Exports', shown: actorMay(actor, 'schedule-exports') },
    { href: '/settings/keys', label: 'API keys', shown: actorMay(actor, 'manage-keys') },
    { href: '/settings/api', label: 'API', shown: true },
  ]
  return (
    <>
      <PageHeader title="Settings" />
      <div className="mb-6">
        <LinkTabs label="Settings" tabs={tabs.filter((tab) => tab.shown)} />
      </div>
      {children}
    </>
  )
}

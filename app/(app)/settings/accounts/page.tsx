import type { Metadata } from 'next'
import { Section } from '@/components/ui/page-header'
import { requireActor } from '@/lib/access/current-actor'
import { listHostGroups } from '@/lib/store/screens/host-groups'
import { findAccessPolicy, listAccounts } from '@/lib/store/screens/settings'
import { AccountsTable } from './accounts-table'
import { PolicyForm } from './policy-form'

export const metadata: Metadata = { title: 'Accounts' }

export default async function AccountsPage() {
  await requireActor('manage-accounts')
  const [accounts, groups, policy] = await Promise.all([listAccounts(), listHostGroups(), findAccessPolicy()])
  return (
    <>
      <AccountsTable accounts={accounts} groups={groups.map(({ id, name }) => ({ id, name }))} />
      <div className="mt-8">
        <Section title="Signing in" description="Holds at once, for sessions that are open too.">
          <PolicyForm policy={policy} />
        </Section>
      </div>
    </>
  )
}

import type { Metadata } from 'next'
import { requireActor } from '@/lib/access/current-actor'
import { listAccounts } from '@/lib/store/screens/settings'
import { AccountsTable } from './accounts-table'

export const metadata: Metadata = { title: 'Accounts' }

export default async function AccountsPage() {
  await requireActor('manage-accounts')
  return <AccountsTable accounts={await listAccounts()} />
}

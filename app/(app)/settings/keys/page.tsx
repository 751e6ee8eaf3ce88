import type { Metadata } from 'next'
import { requireActor } from '@/lib/access/current-actor'
import { listApiKeys } from '@/lib/store/screens/settings'
import { KeysTable } from './keys-table'

export const metadata: Metadata = { title: 'API keys' }

export default async function KeysPage() {
  await requireActor('manage-keys')
  return <KeysTable keys={await listApiKeys()} />
}

'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Column } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import { AccountMenu } from './account-menu'
import { NewAccountDialog } from './new-account-dialog'

export type AccountRow = {
  id: string
  email: string
  name: string
  role: string
  disabledAt: number | null
  createdAt: number
  lastSeenAt: number | null
  hostGroups: string[]
}

const COLUMNS: readonly Column<AccountRow>[] = [
  { id: 'name', header: 'Name', width: 180, cell: (row) => row.name },
  { id: 'email', header: 'E-mail', cell: (row) => row.email },
  { id: 'role', header: 'Role', width: 110, cell: (row) => row.role },
  { id: 'hosts', header: 'Hosts', width: 180, cell: (row) => row.hostGroups.join(', ') || 'all' },
  {
    id: 'state',
    header: 'State',
    width: 110,
    cell: (row) => (row.disabledAt === null ? 'active' : <Badge tone="warn">disabled</Badge>),
  },
  { id: 'seen', header: 'Last seen', width: 110, cell: (row) => <RelativeTime at={row.lastSeenAt} /> },
  {
    id: 'created',
    header: 'Added',
    width: 110,
    optional: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    width: 80,
    align: 'right',
    cell: (row) => <AccountMenu account={row} />,
  },
]

export function AccountsTable({ accounts }: { accounts: readonly AccountRow[] }) {
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className="mb-2 flex justify-end">
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add account
        </Button>
      </div>
      <DataTable
        label="accounts"
        columns={COLUMNS}
        rows={accounts}
        rowId={(row) => row.id}
        paging={{ kind: 'keyset', after: null, next: null, total: accounts.length }}
        empty={<EmptyState title="No accounts" />}
      />
      <NewAccountDialog open={adding} onOpenChange={setAdding} />
    </>
  )
}

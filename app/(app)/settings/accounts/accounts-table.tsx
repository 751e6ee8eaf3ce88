'use client'

import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Column } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Nothing } from '@/components/ui/nothing'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import type { Account } from './account'
import { AccountMenu } from './account-menu'
import { NewAccountDialog } from './new-account-dialog'

type AccountRow = Account & { email: string; createdAt: number; lastSeenAt: number | null }

const COLUMNS: readonly Column<AccountRow>[] = [
  { id: 'name', header: 'Name', width: 180, cell: (row) => row.name },
  { id: 'email', header: 'E-mail', cell: (row) => row.email },
  { id: 'role', header: 'Role', width: 110, cell: (row) => row.role },
  {
    id: 'hosts',
    header: 'Hosts',
    width: 180,
    cell: (row) => row.hostGroups.map(({ name }) => name).join(', ') || 'all',
  },
  {
    id: 'signIn',
    header: 'Signs in by',
    width: 120,
    cell: (row) => (row.signIn === 'invited' ? <Nothing /> : row.signIn),
  },
  {
    id: 'state',
    header: 'State',
    width: 110,
    cell: (row) => <State account={row} />,
  },
  { id: 'seen', header: 'Last seen', width: 110, cell: (row) => <RelativeTime at={row.lastSeenAt} /> },
  {
    id: 'created',
    header: 'Added',
    width: 110,
    optional: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
]

function State({ account: { disabledAt, signIn } }: { account: Account }) {
  if (disabledAt !== null) return <Badge tone="warn">disabled</Badge>
  return signIn === 'invited' ? <Badge title="Its link was not used yet">invited</Badge> : 'active'
}

type AccountsTableProps = { accounts: readonly AccountRow[]; groups: readonly { id: number; name: string }[] }

export function AccountsTable({ accounts, groups }: AccountsTableProps) {
  const [adding, setAdding] = useState(false)
  const columns = useMemo(
    () => [
      ...COLUMNS,
      {
        id: 'actions',
        header: 'Actions',
        width: 80,
        align: 'right' as const,
        cell: (row: AccountRow) => <AccountMenu account={row} groups={groups} />,
      },
    ],
    [groups],
  )
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
        columns={columns}
        rows={accounts}
        rowId={(row) => row.id}
        paging={{ kind: 'keyset', after: null, next: null, total: accounts.length }}
        empty={<EmptyState title="No accounts" />}
      />
      <NewAccountDialog open={adding} onOpenChange={setAdding} />
    </>
  )
}

'use client'

import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Column } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import { useAction } from '@/components/ui/use-action'
import { revokeKeyAction } from '../actions'
import { NewKeyDialog } from './new-key-dialog'

type KeyRow = {
  id: string
  name: string
  prefix: string
  scopes: string[]
  createdAt: number
  lastUsedAt: number | null
  revokedAt: number | null
  expiresAt: number | null
  recentEvents: number
  lastError: string | null
  lastErrorAt: number | null
}

const COLUMNS: readonly Column<KeyRow>[] = [
  { id: 'name', header: 'Name', cell: (row) => row.name },
  { id: 'prefix', header: 'Starts with', width: 135, cell: (row) => <code>{row.prefix}…</code> },
  { id: 'scopes', header: 'Scopes', width: 110, cell: (row) => row.scopes.join(', ') },
  {
    id: 'created',
    header: 'Made',
    width: 100,
    optional: true,
    cell: (row) => <RelativeTime at={row.createdAt} />,
  },
  { id: 'used', header: 'Last used', width: 100, cell: (row) => <RelativeTime at={row.lastUsedAt} /> },
  { id: 'until', header: 'Works until', width: 110, cell: (row) => <Until apiKey={row} /> },
  {
    id: 'recent',
    header: 'Last two minutes',
    width: 125,
    align: 'right',
    cell: (row) => (row.recentEvents > 0 ? `${formatNumber(row.recentEvents)} events` : '–'),
  },
  { id: 'error', header: 'Last problem', width: 200, cell: (row) => <LastProblem apiKey={row} /> },
  {
    id: 'actions',
    header: 'Actions',
    width: 110,
    align: 'right',
    cell: (row) =>
      row.revokedAt === null ? <RevokeButton apiKey={row} /> : <Badge tone="warn">revoked</Badge>,
  },
]

/** `baseUrl`: where shippers reach us. */
export function KeysTable({ keys, baseUrl }: { keys: readonly KeyRow[]; baseUrl: string }) {
  const [adding, setAdding] = useState(false)
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Make a key
    </Button>
  )
  return (
    <>
      {keys.length > 0 && <div className="mb-2 flex justify-end">{add}</div>}
      <DataTable
        label="keys"
        columns={COLUMNS}
        rows={keys}
        rowId={(row) => row.id}
        paging={{ kind: 'keyset', after: null, next: null, total: keys.length }}
        empty={
          <EmptyState icon={<KeyRound aria-hidden />} title="No API keys yet" actions={add}>
            A key lets a log shipper send events, or a script read and export, without an account.
          </EmptyState>
        }
      />
      <NewKeyDialog baseUrl={baseUrl} open={adding} onOpenChange={setAdding} />
    </>
  )
}

function LastProblem({ apiKey: { lastError, lastErrorAt } }: { apiKey: KeyRow }) {
  if (lastError === null) return <span className="text-muted">none</span>
  return (
    <span className="block truncate" title={lastError}>
      <RelativeTime at={lastErrorAt} />: {lastError}
    </span>
  )
}

function RevokeButton({ apiKey }: { apiKey: KeyRow }) {
  const [open, setOpen] = useState(false)
  const { run } = useAction()
  const title = `Revoke ${apiKey.name}`
  return (
    <>
      <Button className="h-6!" onClick={() => setOpen(true)}>
        Revoke…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={title}
        effect="Whatever uses this key is refused from its next request on. A key cannot be brought back."
        confirm="Revoke key"
        typeToConfirm={apiKey.name}
        onConfirm={async () => {
          await run(() => revokeKeyAction(apiKey.id), `${apiKey.name} is revoked.`, title)
        }}
      />
    </>
  )
}

function Until({ apiKey: { expiresAt } }: { apiKey: KeyRow }) {
  return expiresAt === null ? 'no end' : <RelativeTime at={expiresAt} />
}

'use client'

import { FileUp, Library, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Badge } from '@/components/ui/badge'
import { Button, LinkButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import type { CatalogueRow } from '@/lib/store/screens/catalogue'
import { EntryDialog } from './entry-dialog'
import { EntryMenu } from './entry-menu'

const STATUS = {
  on: <Badge tone="good">counted</Badge>,
  off: <Badge>not counted</Badge>,
  retired: <Badge tone="warn">retired</Badge>,
} as const

const COLUMNS: readonly Column<CatalogueRow>[] = [
  {
    id: 'name',
    header: 'Name',
    sortable: true,
    width: 210,
    cell: (row) => (
      <Link href={`/binaries/${encodeURIComponent(row.slug)}`} className="block truncate hover:underline">
        {row.name}
      </Link>
    ),
  },
  { id: 'actions', header: 'Change', width: 90, cell: (row) => <EntryMenu entry={row} /> },
  { id: 'status', header: 'Status', width: 120, cell: (row) => STATUS[row.status] },
  { id: 'tier', header: 'Tier', sortable: true, width: 90, cell: (row) => row.tier },
  { id: 'kind', header: 'Kind', width: 80, cell: (row) => row.kind },
  { id: 'attack', header: 'Techniques', width: 160, cell: (row) => row.attack.join(', ') },
  { id: 'description', header: 'Description', cell: (row) => row.description },
  { id: 'origin', header: 'Origin', sortable: true, width: 90, cell: (row) => row.origin },
  {
    id: 'updated',
    header: 'Changed',
    sortable: true,
    sortDescendingFirst: true,
    width: 110,
    cell: (row) => <RelativeTime at={row.updatedAtMs * 1000} />,
  },
]

type CatalogueTableProps = {
  rows: readonly CatalogueRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

export function CatalogueTable({ rows, paging, sort, filterNames }: CatalogueTableProps) {
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className="mb-2 flex flex-wrap justify-end gap-2">
        <LinkButton href="/settings/catalogue/import">
          <FileUp aria-hidden />
          Import from LOLBAS
        </LinkButton>
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add an entry
        </Button>
      </div>
      <DataTable
        label="entries"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.slug}
        paging={paging}
        sort={sort}
        filterNames={filterNames}
        empty={
          <EmptyState icon={<Library aria-hidden />} title="The catalogue is empty">
            The built-in entries come with the first start.
          </EmptyState>
        }
      />
      {adding && <EntryDialog entry={null} onClose={() => setAdding(false)} />}
    </>
  )
}

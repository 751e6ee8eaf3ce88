'use client'

import { InertText } from '@/components/command-line/inert-text'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Link } from '@/components/ui/link'
import { EmptyState } from '@/components/ui/state-message'
import { RelativeTime } from '@/components/ui/time'
import { EXPECTED_KINDS } from '@/lib/pipeline/export/audit-config/gaps'
import type { SendingHost } from '@/lib/store/screens/collection'
import { ClosedBy, KIND_WORDS, Mark } from './sent-mark'

type HostsTableProps = {
  rows: readonly SendingHost[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

/** A row a host: what it sends, and which file turns on what is missing. */
export function HostsTable({ rows, paging, sort, filterNames }: HostsTableProps) {
  return (
    <DataTable
      label="hosts"
      columns={COLUMNS}
      rows={rows}
      rowId={({ id }) => String(id)}
      paging={paging}
      sort={sort}
      filterNames={filterNames}
      empty={
        <EmptyState title="No host has sent anything yet">
          Turn auditing on with a file below, and let a shipper send here.
        </EmptyState>
      }
    />
  )
}

const COLUMNS: readonly Column<SendingHost>[] = [
  {
    id: 'name',
    header: 'Host',
    width: 190,
    sortable: true,
    cell: ({ id, name }) => (
      <Link href={`/hosts/${id}`} title={name} className="block truncate hover:underline">
        <InertText text={name} />
      </Link>
    ),
  },
  {
    id: 'group',
    header: 'Group',
    width: 120,
    cell: ({ group }) => group ?? <span className="text-muted">none</span>,
  },
  ...EXPECTED_KINDS.map((kind) => ({
    id: kind,
    header: KIND_WORDS[kind],
    width: 110,
    cell: ({ gaps }: SendingHost) => <Mark sent={!gaps.includes(kind)} />,
  })),
  {
    id: 'gaps',
    header: 'Missing',
    width: 80,
    align: 'right',
    sortable: true,
    sortDescendingFirst: true,
    cell: ({ gaps }) => gaps.length,
  },
  {
    id: 'last',
    header: 'Last event',
    width: 105,
    sortable: true,
    sortDescendingFirst: true,
    hint: 'Of the days that are compared',
    cell: ({ lastAt }) => <RelativeTime at={lastAt} />,
  },
  { id: 'file', header: 'Turned on by', cell: ({ gaps }) => <ClosedBy gaps={gaps} /> },
]

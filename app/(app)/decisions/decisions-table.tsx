'use client'

import { Gavel } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import type { Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { COLUMNS } from './columns'

type DecisionsTableProps = {
  rows: readonly DecisionRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

export function DecisionsTable({ rows, paging, sort, filterNames }: DecisionsTableProps) {
  const search = useSearchParams().toString()
  return (
    <DataTable
      label="decisions"
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => String(row.id)}
      rowHref={(row) => `/decisions/${row.id}`}
      paging={paging}
      sort={sort}
      csvHref={`/api/exports/decisions.csv?${search}`}
      filterNames={filterNames}
      empty={
        <EmptyState
          icon={<Gavel aria-hidden />}
          title="Nothing has been proposed yet"
          actions={<LinkButton href="/binaries?decision=undecided">Undecided binaries</LinkButton>}
        >
          A decision says whether a binary is blocked or stays allowed, where, and on what evidence. Open a
          binary to begin one.
        </EmptyState>
      }
    />
  )
}

'use client'

import { Binary } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import type { Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import type { BinaryRow } from '@/lib/store/screens/binaries'
import { toColumns } from './columns'

type BinariesTableProps = {
  rows: readonly BinaryRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
  /** `&from=…&to=…` of what was counted. */
  windowQuery: string
}

export function BinariesTable({ rows, paging, sort, filterNames, windowQuery }: BinariesTableProps) {
  const columns = useMemo(() => toColumns(windowQuery), [windowQuery])
  const search = useSearchParams().toString()
  return (
    <DataTable
      label="binaries"
      columns={columns}
      rows={rows}
      rowId={(row) => row.slug}
      rowHref={(row) => `/binaries/${encodeURIComponent(row.slug)}`}
      paging={paging}
      sort={sort}
      csvHref={`/api/exports/binaries.csv?${search}`}
      filterNames={filterNames}
      empty={
        <EmptyState
          icon={<Binary aria-hidden />}
          title="The catalogue is empty"
          actions={<LinkButton href="/settings/catalogue">Open the catalogue</LinkButton>}
        >
          The catalogue says which programs count as proxy binaries. It fills itself at the first start.
        </EmptyState>
      }
    />
  )
}

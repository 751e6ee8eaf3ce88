'use client'

import { Binary } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { periodQuery } from '@/components/shell/period'
import type { Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { LIST_DAYS } from '@/lib/pipeline/periods'
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
  const search = useSearchParams()
  const counted = periodQuery(search, LIST_DAYS)
  const columns = useMemo(() => toColumns(windowQuery, counted), [windowQuery, counted])
  return (
    <DataTable
      label="binaries"
      columns={columns}
      rows={rows}
      rowId={(row) => row.slug}
      rowHref={(row) => `/binaries/${encodeURIComponent(row.slug)}${periodQuery(search)}`}
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

'use client'

import { Server } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { periodQuery } from '@/components/shell/period'
import type { Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { LIST_DAYS } from '@/lib/pipeline/periods'
import type { HostRow } from '@/lib/store/screens/hosts'
import { toColumns } from './columns'
import { MergeHosts } from './merge-hosts'

type HostsTableProps = {
  rows: readonly HostRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
  /** `&from=…&to=…` of what was counted. */
  windowQuery: string
  /** Hosts can be chosen and merged. */
  mayMerge: boolean
}

export function HostsTable({ rows, paging, sort, filterNames, windowQuery, mayMerge }: HostsTableProps) {
  const search = useSearchParams()
  const counted = periodQuery(search, LIST_DAYS)
  const columns = useMemo(() => toColumns(windowQuery, counted), [windowQuery, counted])
  return (
    <DataTable
      label="hosts"
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.id)}
      rowHref={(row) => `/hosts/${row.id}${periodQuery(search)}`}
      paging={paging}
      sort={sort}
      csvHref={`/api/exports/hosts.csv?${search}`}
      filterNames={filterNames}
      {...(mayMerge && {
        bulkActions: (selected, clear) => <MergeHosts hostIds={selected.map(Number)} clear={clear} />,
      })}
      empty={
        <EmptyState
          icon={<Server aria-hidden />}
          title="No host has sent anything yet"
          actions={<LinkButton href="/imports">Import logs</LinkButton>}
        >
          A host appears with its first log record; its baseline grows with every day of telemetry.
        </EmptyState>
      }
    />
  )
}

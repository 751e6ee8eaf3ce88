'use client'

import { SearchX } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { DataTable } from '@/components/table/data-table'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/state-message'
import { COLUMNS, type ShownExecution } from './columns'

type ExecutionsTableProps = {
  rows: readonly ShownExecution[]
  after: string | null
  next: string | null
  openKey: string | null
}

export function ExecutionsTable({ rows, after, next, openKey }: ExecutionsTableProps) {
  const search = useSearchParams()
  const open = (key: string) => {
    const params = new URLSearchParams(search)
    params.set('open', key)
    return `/executions?${params}`
  }
  if (rows.length === 0) return <NothingFound search={search} />
  return (
    <DataTable
      label="executions"
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => row.key}
      rowHref={(row) => open(row.key)}
      openRowId={openKey}
      paging={{ kind: 'keyset', after, next, total: null }}
      csvHref={`/api/exports/executions.csv?${search}`}
      empty={null}
    />
  )
}

/** The period is a filter that nobody set: the way out is more time, or fewer filters. */
function NothingFound({ search }: { search: URLSearchParams }) {
  const allTime = new URLSearchParams(search)
  for (const name of ['from', 'to', 'after']) allTime.delete(name)
  allTime.set('days', 'all')
  const isAllTime = allTime.toString() === search.toString()
  return (
    <div className="rounded border">
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="No executions match"
        actions={
          <>
            {!isAllTime && <LinkButton href={`/executions?${allTime}`}>Search all time</LinkButton>}
            <LinkButton href="/executions">Clear filters</LinkButton>
          </>
        }
      >
        Nothing {isAllTime ? 'on record' : 'in this period'} has everything the filters ask for.
      </EmptyState>
    </div>
  )
}

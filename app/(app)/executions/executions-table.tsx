'use client'

import { SearchX } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { DataTable } from '@/components/table/data-table'
import { useTableUrl } from '@/components/table/use-table-url'
import { LinkButton } from '@/components/ui/button'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { COLUMNS, type ShownExecution } from './columns'

type ExecutionsTableProps = {
  rows: readonly ShownExecution[]
  after: string | null
  next: string | null
  /** So many were looked through, and there are more; null = the page is full, or these are all. */
  lookedThrough: number | null
  newestFirst: boolean
  openKey: string | null
}

export function ExecutionsTable(props: ExecutionsTableProps) {
  const { rows, after, next, lookedThrough, newestFirst, openKey } = props
  const search = useSearchParams()
  const url = useTableUrl()
  if (rows.length === 0 && next !== null && lookedThrough !== null)
    return <NothingYet {...{ search, next, lookedThrough, newestFirst, after }} />
  if (rows.length === 0) return <NothingFound search={search} />
  return (
    <>
      {lookedThrough !== null && (
        <p role="status" className="mb-2">
          Few match: these were found among {formatNumber(lookedThrough)} looked through. Next looks further{' '}
          {newestFirst ? 'back' : 'on'}.
        </p>
      )}
      <DataTable
        label="executions"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.key}
        sort={{ id: 'time', descending: newestFirst }}
        rowHref={(row) => url.href({ open: row.key })}
        openRowId={openKey}
        paging={{ kind: 'keyset', after, next, total: null }}
        csvHref={`/api/exports/executions.csv?${search}`}
        empty={null}
      />
    </>
  )
}

type NothingYetProps = {
  search: URLSearchParams
  next: string
  lookedThrough: number
  newestFirst: boolean
  after: string | null
}

/** Each of the filters is frequent, all together are not: how far to look is left to the person. */
function NothingYet({ search, next, lookedThrough, newestFirst, after }: NothingYetProps) {
  const further = new URLSearchParams(search)
  further.set('after', next)
  return (
    <div className="rounded border">
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="No match yet"
        actions={
          <>
            <LinkButton href={`/executions?${further}`}>
              Look further {newestFirst ? 'back' : 'on'}
            </LinkButton>
            <LinkButton href="/executions">Clear filters</LinkButton>
          </>
        }
      >
        None of {after !== null ? 'the next' : newestFirst ? 'the newest' : 'the oldest'}{' '}
        {formatNumber(lookedThrough)} looked through has everything the filters ask for.{' '}
        {newestFirst ? 'Older' : 'Newer'} ones may.
      </EmptyState>
    </div>
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

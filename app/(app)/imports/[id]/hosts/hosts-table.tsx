'use client'

import { Server } from 'lucide-react'
import { useMemo } from 'react'
import { InertText } from '@/components/command-line/inert-text'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { Timestamp } from '@/components/ui/time'
import type { ImportHostRow } from '@/lib/store/screens/import-hosts'
import { KIND_WORDS } from '../../../hosts/[id]/coverage-rows'
import { daysOfTimes } from '../host-words'

type HostsTableProps = {
  rows: readonly ImportHostRow[]
  /** By which its executions are found; null = they are too many. */
  fileIds: readonly number[] | null
  /** Why there are no rows. */
  nothing: { title: string; text: string }
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

/** What an import told, by host. */
export function HostsTable({ rows, fileIds, nothing, paging, sort, filterNames }: HostsTableProps) {
  const columns = useMemo(() => toColumns(fileIds), [fileIds])
  return (
    <DataTable
      label="hosts"
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.id)}
      rowHref={(row) => `/hosts/${row.id}`}
      paging={paging}
      sort={sort}
      filterNames={filterNames}
      empty={
        <EmptyState icon={<Server aria-hidden />} title={nothing.title}>
          {nothing.text}
        </EmptyState>
      }
    />
  )
}

const TIME = { width: 190, sortable: true, sortDescendingFirst: true } as const

function toColumns(fileIds: readonly number[] | null): readonly Column<ImportHostRow>[] {
  return [
    { id: 'name', header: 'Host', sortable: true, cell: (row) => <InertText text={row.name} /> },
    { id: 'first', header: 'First event', ...TIME, cell: (row) => <Timestamp at={row.firstAtUs} /> },
    { id: 'last', header: 'Last event', ...TIME, cell: (row) => <Timestamp at={row.lastAtUs} /> },
    {
      id: 'executions',
      header: 'New executions',
      align: 'right',
      width: 118,
      sortable: true,
      sortDescendingFirst: true,
      hint: 'Executions of proxy binaries that it told of first',
      cell: (row) => <Executions row={row} fileIds={fileIds} />,
    },
    {
      id: 'kinds',
      header: 'Tells of',
      hint: 'Kinds of events, new or known already',
      cell: (row) => <span title={kindsOf(row)}>{kindsOf(row)}</span>,
    },
    {
      id: 'days',
      header: 'Executions of its days',
      width: 190,
      hint: 'All executions of the host in those days, whichever import told of them',
      cell: (row) => {
        const { from, to } = daysOfTimes(row.firstAtUs, row.lastAtUs)
        return (
          <Link className="link" href={hrefOf(row, [])}>
            {from === to ? from : `${from} – ${to}`}
          </Link>
        )
      },
    },
  ]
}

function Executions({ row, fileIds }: { row: ImportHostRow; fileIds: readonly number[] | null }) {
  const words = formatNumber(row.executions)
  if (row.executions === 0) return <span className="text-muted">{words}</span>
  if (fileIds === null) return words
  return (
    <Link className="link" href={hrefOf(row, fileIds)}>
      {words}
    </Link>
  )
}

/** A host's executions of those days; with files, those alone that these brought. */
function hrefOf({ name, firstAtUs, lastAtUs }: ImportHostRow, fileIds: readonly number[]): string {
  const query = new URLSearchParams({ host: name, ...daysOfTimes(firstAtUs, lastAtUs) })
  for (const id of fileIds) query.append('file', String(id))
  return `/executions?${query}`
}

function kindsOf({ kinds }: ImportHostRow): string {
  return kinds.map((kind) => KIND_WORDS[kind]).join(', ')
}

'use client'

import { Files } from 'lucide-react'
import { useMemo } from 'react'
import { PathText } from '@/components/command-line/path-text'
import { ImportBadge } from '@/components/state/state-badge'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import { Timestamp } from '@/components/ui/time'
import type { ExplainedFile } from '@/lib/store/screens/import-files'
import { kindWords } from './kind-words'

type FilesTableProps = {
  uploadId: string
  rows: readonly ExplainedFile[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

// with the others all are seen on a screen of 1,280 pixels
const NUMBER = { align: 'right', width: 76, sortable: true, sortDescendingFirst: true } as const

export function FilesTable({ uploadId, rows, paging, sort, filterNames }: FilesTableProps) {
  const columns = useMemo(() => toColumns(uploadId), [uploadId])
  return (
    <DataTable
      label="files"
      columns={columns}
      rows={rows}
      rowId={(row) => String(row.id)}
      paging={paging}
      sort={sort}
      filterNames={filterNames}
      empty={
        <EmptyState icon={<Files aria-hidden />} title="No file of it has been read yet">
          Files appear here as the worker opens them, one after the other.
        </EmptyState>
      }
    />
  )
}

function toColumns(uploadId: string): readonly Column<ExplainedFile>[] {
  return [
    { id: 'path', header: 'File', sortable: true, cell: (row) => <PathText path={row.path} /> },
    { id: 'state', header: 'State', width: 136, cell: (row) => <ImportBadge state={row.shownState} /> },
    {
      id: 'error',
      header: 'Problem',
      width: 176,
      hint: 'Of rejected records and damaged places the most frequent reason',
      cell: (row) => <Problem row={row} />,
    },
    { id: 'format', header: 'Format', width: 72, cell: (row) => row.format ?? 'unknown' },
    { id: 'records', header: 'Records', ...NUMBER, cell: (row) => formatNumber(row.records) },
    {
      id: 'kinds',
      header: 'Events by kind',
      hint: 'In brackets what was stored: of modules, connections and the like only what concerns proxy binaries and controls; other kinds are only counted',
      width: 150,
      cell: (row) => <span title={kindWords(row)}>{kindWords(row)}</span>,
    },
    {
      id: 'executions',
      header: 'New executions',
      ...NUMBER,
      width: 118,
      cell: (row) =>
        row.executions === 0 || row.takenBack ? (
          <span className="text-muted">{formatNumber(row.executions)}</span>
        ) : (
          <Link className="link" href={`/executions?file=${row.id}&days=all`}>
            {formatNumber(row.executions)}
          </Link>
        ),
    },
    {
      id: 'duplicates',
      header: 'Duplicate',
      align: 'right',
      width: 82,
      cell: (row) => formatNumber(row.executionsDuplicate),
    },
    {
      id: 'rejected',
      header: 'Rejected',
      ...NUMBER,
      width: 76,
      cell: (row) =>
        row.rejected + row.damaged === 0 ? (
          <span className="text-muted">0</span>
        ) : (
          <Link className="link" href={`/imports/${uploadId}/rejections?file=${row.id}`}>
            {row.rejected > 0 ? formatNumber(row.rejected) : 'damaged'}
          </Link>
        ),
    },
    {
      id: 'processes',
      header: 'New processes',
      align: 'right',
      width: 120,
      optional: true,
      cell: (row) => formatNumber(row.processes),
    },
    {
      id: 'first',
      header: 'First event',
      width: 190,
      optional: true,
      cell: (row) => <Timestamp at={row.firstAtUs} />,
    },
    {
      id: 'last',
      header: 'Last event',
      width: 190,
      optional: true,
      cell: (row) => <Timestamp at={row.lastAtUs} />,
    },
  ]
}

function Problem({ row: { error, commonReason } }: { row: ExplainedFile }) {
  const said = error ?? commonReason
  if (said === null) return null
  const tone = error === null ? 'text-warn' : 'text-bad'
  return <span className={`${tone} wrap-anywhere block whitespace-normal py-1`}>{said}</span>
}

'use client'

import { CircleCheck } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { PathText } from '@/components/command-line/path-text'
import type { Column, Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { formatNumber } from '@/components/ui/numbers'
import { EmptyState } from '@/components/ui/state-message'
import type { RejectionRow } from '@/lib/store/screens/import-files'

const COLUMNS: readonly Column<RejectionRow>[] = [
  { id: 'path', header: 'File', width: 240, cell: (row) => <PathText path={row.path} /> },
  {
    id: 'position',
    header: 'Position',
    width: 100,
    align: 'right',
    hint: 'Record number, line or row, from 1',
    cell: (row) => formatNumber(row.position),
  },
  { id: 'record', header: 'Record id', width: 120, cell: (row) => row.recordId ?? '' },
  {
    id: 'reason',
    header: 'Reason',
    // what to do about it stands at its end
    cell: (row) => <span className="wrap-anywhere block whitespace-normal py-1">{row.reason}</span>,
  },
]

type RejectionsTableProps = {
  uploadId: string
  rows: readonly RejectionRow[]
  paging: Paging
  filterNames: readonly string[]
}

export function RejectionsTable({ uploadId, rows, paging, filterNames }: RejectionsTableProps) {
  const search = useSearchParams()
  return (
    <DataTable
      label="rejected records"
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => `${row.fileId} ${row.position}`}
      paging={paging}
      csvHref={`/api/imports/${uploadId}/rejections.csv?${search}`}
      filterNames={filterNames}
      empty={
        <EmptyState icon={<CircleCheck aria-hidden />} title="No record was rejected">
          A record that cannot be read would be listed here with its file, its position and the reason. Of
          each file, the first 10,000 are kept.
        </EmptyState>
      }
    />
  )
}

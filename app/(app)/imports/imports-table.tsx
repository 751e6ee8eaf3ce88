'use client'

import { FileInput } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import type { Paging } from '@/components/table/column'
import { DataTable } from '@/components/table/data-table'
import { EmptyState } from '@/components/ui/state-message'
import type { UploadRow } from '@/lib/store/screens/imports'
import { COLUMNS } from './columns'
import { RefreshWhile } from './refresh-while'

const MOVING = ['receiving', 'queued', 'running', 'taking-back']

type ImportsTableProps = {
  rows: readonly UploadRow[]
  paging: Paging
  sort: { id: string; descending: boolean }
  filterNames: readonly string[]
}

export function ImportsTable({ rows, paging, sort, filterNames }: ImportsTableProps) {
  const search = useSearchParams().toString()
  // a shipper's upload stays open all day
  const moving = rows.some(({ state, channel }) => MOVING.includes(state) && channel !== 'shipper')
  return (
    <>
      <RefreshWhile moving={moving} />
      <DataTable
        label="imports"
        columns={COLUMNS}
        rows={rows}
        rowId={(row) => row.id}
        rowHref={(row) => `/imports/${row.id}`}
        paging={paging}
        sort={sort}
        csvHref={`/api/exports/imports.csv?${search}`}
        filterNames={filterNames}
        empty={
          <EmptyState icon={<FileInput aria-hidden />} title="Nothing was imported yet">
            Drop Sysmon or Security event logs (EVTX, XML, JSON as winlogbeat or nxlog write it, exports of
            Splunk, Defender and others, archives of them) above. On the machine that runs Cordon,{' '}
            <code>npm run import -- FOLDER</code> reads whole folders. Shippers send NDJSON to{' '}
            <code>/api/ingest/v1/events</code> with an API key from the settings.
          </EmptyState>
        }
      />
    </>
  )
}

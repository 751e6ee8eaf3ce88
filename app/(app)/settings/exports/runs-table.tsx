'use client'

import { useLive } from '@/components/shell/live'
import { useRefresh } from '@/components/shell/use-refresh'
import { SendingState } from '@/components/state/sending-state'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { formatBytes, formatNumber } from '@/components/ui/numbers'
import { Timestamp } from '@/components/ui/time'
import type { ExportRunRow } from '@/lib/store/screens/export-schedules'

const COLUMNS: readonly PlainColumn<ExportRunRow>[] = [
  { id: 'name', header: 'Export', cell: ({ name }) => name },
  { id: 'due', header: 'Due', cell: ({ dueAt }) => <Timestamp at={dueAt} /> },
  {
    id: 'state',
    header: 'State',
    cell: ({ state, error, nextAt }) => (
      <SendingState state={state} again={state === 'queued' && error !== null ? nextAt : null} />
    ),
  },
  { id: 'attempts', header: 'Attempts', align: 'right', cell: ({ attempts }) => attempts },
  {
    id: 'rows',
    header: 'Rows',
    align: 'right',
    cell: ({ rows }) => (rows === null ? '–' : formatNumber(rows)),
  },
  {
    id: 'bytes',
    header: 'Size',
    align: 'right',
    cell: ({ bytes }) => (bytes === null ? '–' : formatBytes(bytes)),
  },
  {
    id: 'file',
    header: 'File, or what went wrong',
    wide: true,
    cell: ({ file, sha256, error }) =>
      error ?? (file !== null && <code title={`SHA-256 ${sha256}`}>{file}</code>),
  },
]

/** What became of the times that were due; follows it while the page is open. */
export function RunsTable({ runs }: { runs: readonly ExportRunRow[] }) {
  useLive(['export'], useRefresh())
  return (
    <PlainTable
      label="Runs"
      columns={COLUMNS}
      rows={runs}
      rowId={({ id }) => id}
      empty="Nothing was due yet."
    />
  )
}

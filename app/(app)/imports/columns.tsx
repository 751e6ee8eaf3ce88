import { InertText } from '@/components/command-line/inert-text'
import { ImportBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { Link } from '@/components/ui/link'
import { countOf, formatBytes, formatNumber, formatShare } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { UploadRow } from '@/lib/store/screens/imports'
import { CHANNEL_LABELS } from './channel-labels'

// with the name all are seen on a screen of 1,280 pixels
const NUMBER = { align: 'right', width: 84 } as const

export const COLUMNS: readonly Column<UploadRow>[] = [
  { id: 'name', header: 'Name', sortable: true, cell: (row) => <InertText text={row.name} /> },
  {
    id: 'state',
    header: 'State',
    width: 150,
    cell: (row) => (
      <span title={row.error ?? undefined}>
        <ImportBadge state={row.shownState} />
      </span>
    ),
  },
  {
    id: 'progress',
    header: 'Read',
    width: 64,
    cell: (row) => readShare(row),
  },
  {
    id: 'created',
    header: 'Started',
    width: 100,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => <RelativeTime at={row.createdAtUs} />,
  },
  { id: 'channel', header: 'Channel', width: 108, cell: (row) => CHANNEL_LABELS[row.channel] },
  { id: 'by', header: 'By', width: 120, optional: true, cell: (row) => row.actorName },
  {
    id: 'size',
    header: 'Size',
    ...NUMBER,
    optional: true,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) =>
      row.sizeBytes === null && row.receivedBytes === 0
        ? ''
        : formatBytes(row.sizeBytes ?? row.receivedBytes),
  },
  { id: 'files', header: 'Files', ...NUMBER, width: 64, cell: (row) => formatNumber(row.files) },
  { id: 'records', header: 'Records', ...NUMBER, cell: (row) => formatNumber(row.records) },
  {
    id: 'executions',
    header: 'New executions',
    ...NUMBER,
    width: 122,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => formatNumber(row.executions),
  },
  { id: 'duplicates', header: 'Duplicate', ...NUMBER, cell: (row) => formatNumber(row.executionsDuplicate) },
  {
    id: 'rejected',
    header: 'Rejected',
    ...NUMBER,
    sortable: true,
    sortDescendingFirst: true,
    hint: 'Records that could not be read, or files; damaged places in files, which are no records',
    cell: (row) => <Rejected row={row} />,
  },
]

function Rejected({ row: { id, rejected, filesRejected, damaged } }: { row: UploadRow }) {
  if (rejected + filesRejected + damaged === 0) return <span className="text-muted">0</span>
  const isOfFiles = rejected === 0 && filesRejected > 0
  return (
    <Link href={isOfFiles ? `/imports/${id}?state=rejected` : `/imports/${id}/rejections`} className="link">
      {rejected > 0 ? formatNumber(rejected) : isOfFiles ? countOf(filesRejected, 'file') : 'damaged'}
    </Link>
  )
}

/** How much of what arrived has been read, until it is over. */
function readShare({ state, receivedBytes, sizeBytes, readBytes }: UploadRow): string {
  const total = Math.max(receivedBytes, sizeBytes ?? 0)
  return UNFINISHED.includes(state) && total > 0 ? formatShare(Math.min(1, readBytes / total)) : ''
}

const UNFINISHED: readonly UploadRow['state'][] = ['running', 'paused', 'interrupted']

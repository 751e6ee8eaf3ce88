import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { EXPECTED_KINDS } from '@/lib/pipeline/export/audit-config/gaps'
import type { CollectionView, GapGroup } from '@/lib/store/screens/collection'
import { ClosedBy, KIND_WORDS, Mark } from './sent-mark'

/** Hosts of a row that are named. */
const MAX_HOSTS = 6

/** Hosts by what they do not send. */
export function GapTable({ view: { window, groups } }: { view: CollectionView }) {
  return (
    <PlainTable
      label="gaps"
      columns={COLUMNS}
      rows={groups}
      rowId={({ gaps }) => gaps.join()}
      empty="No host has sent anything yet. Turn auditing on with a file below, and let a shipper send here."
      note={
        window !== null &&
        `From ${window.from} to ${window.to}. Attempts come only while a control audits or blocks; a host where nothing was stopped sends none.`
      }
    />
  )
}

const COLUMNS: readonly PlainColumn<GapGroup>[] = [
  { id: 'hosts', header: 'Hosts', cell: ({ hosts }) => countOf(hosts.length, 'host') },
  ...EXPECTED_KINDS.map((kind) => ({
    id: kind,
    header: KIND_WORDS[kind],
    cell: ({ gaps }: GapGroup) => <Mark sent={!gaps.includes(kind)} />,
  })),
  { id: 'file', header: 'Closed by', wraps: true, cell: ({ gaps }) => <ClosedBy gaps={gaps} /> },
  {
    id: 'names',
    header: 'Which',
    wide: true,
    cell: ({ hosts }) => (
      <span className="flex flex-wrap gap-x-3">
        {hosts.slice(0, MAX_HOSTS).map(({ id, name }) => (
          <Link key={id} href={`/hosts/${id}`} className="inline-flex min-h-6 items-center hover:underline">
            {name}
          </Link>
        ))}
        {hosts.length > MAX_HOSTS && <span className="text-muted">and {hosts.length - MAX_HOSTS} more</span>}
      </span>
    ),
  },
]

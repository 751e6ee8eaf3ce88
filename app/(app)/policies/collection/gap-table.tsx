import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { countOf } from '@/components/ui/numbers'
import { EXPECTED_KINDS } from '@/lib/pipeline/export/audit-config/gaps'
import type { CollectionView, GapGroup } from '@/lib/store/screens/collection'
import { ClosedBy, KIND_WORDS, Mark } from './sent-mark'

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
  { id: 'file', header: 'Closed by', wide: true, cell: ({ gaps }) => <ClosedBy gaps={gaps} /> },
]

'use client'

import { InertText } from '@/components/command-line/inert-text'
import { NoScore } from '@/components/state/no-score'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { DeviationOfBinary } from '@/lib/store/screens/binary/hosts'

const DEVIATION_COLUMNS: PlainColumn<DeviationOfBinary>[] = [
  {
    id: 'title',
    header: 'Deviation',
    wide: true,
    cell: (row) => (
      <Link href={`/deviations/${row.id}`} className="hover:underline">
        <code>
          <InertText text={row.title || '(no arguments)'} />
        </code>
      </Link>
    ),
  },
  {
    id: 'score',
    header: 'Score',
    align: 'right',
    cell: (row) =>
      row.scoreMillibits === null ? (
        <NoScore state={row.state} />
      ) : (
        <ScoreBadge millibits={row.scoreMillibits} />
      ),
  },
  { id: 'state', header: 'State', cell: (row) => <TriageBadge state={row.state} /> },
  { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
  { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
  { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
]

export function DeviationTable({ deviations }: { deviations: readonly DeviationOfBinary[] }) {
  return (
    <PlainTable
      label="deviations"
      columns={DEVIATION_COLUMNS}
      rows={deviations}
      rowId={(row) => row.id}
      empty="None is open, flagged or malicious, and none that was explained is seen again."
    />
  )
}

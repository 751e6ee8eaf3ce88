import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { DecisionActions } from './decision-actions'
import type { OfferedMove } from './moves-of'

/** A decision with the moves that the reader may make. */
export type DecisionLine = DecisionRow & { moves: readonly OfferedMove[] }

export const COLUMNS: readonly Column<DecisionLine>[] = [
  { id: 'binary', header: 'Binary', sortable: true, width: 180, cell: (row) => row.binary },
  {
    id: 'verdict',
    header: 'Verdict',
    sortable: true,
    width: 130,
    cell: (row) => <VerdictBadge verdict={row.verdict} />,
  },
  {
    id: 'state',
    header: 'State',
    sortable: true,
    width: 120,
    cell: (row) => <DecisionBadge state={row.state} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    width: 190,
    cell: (row) => <DecisionActions id={row.id} version={row.version} moves={row.moves} />,
  },
  { id: 'note', header: 'Why', cell: (row) => <span title={row.justification}>{row.justification}</span> },
  {
    id: 'executions',
    header: 'Executions',
    hint: 'When it was proposed',
    align: 'right',
    width: 100,
    cell: (row) => (row.evidence === null ? '–' : formatNumber(row.evidence.executions)),
  },
  {
    id: 'hosts',
    header: 'Hosts',
    hint: 'When it was proposed',
    align: 'right',
    width: 70,
    cell: (row) => (row.evidence === null ? '–' : formatNumber(row.evidence.hosts)),
  },
  { id: 'scope', header: 'Where', optional: true, width: 110, cell: (row) => row.scope },
  { id: 'proposer', header: 'Proposed by', width: 130, cell: (row) => row.proposedBy },
  {
    id: 'proposed',
    header: 'Proposed',
    sortable: true,
    sortDescendingFirst: true,
    width: 110,
    cell: (row) => <RelativeTime at={row.proposedAt} />,
  },
  {
    id: 'decider',
    header: 'Decided by',
    width: 130,
    cell: (row) => row.decidedBy ?? <span className="text-muted">–</span>,
  },
  {
    id: 'decided',
    header: 'Decided',
    optional: true,
    sortable: true,
    sortDescendingFirst: true,
    width: 110,
    cell: (row) =>
      row.decidedAt === null ? <span className="text-muted">–</span> : <RelativeTime at={row.decidedAt} />,
  },
]

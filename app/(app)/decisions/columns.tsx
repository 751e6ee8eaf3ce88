import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { Nothing } from '@/components/ui/nothing'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { CONTROL_FACTS } from '@/lib/pipeline/decision/controls'
import type { DecisionRow } from '@/lib/store/screens/decisions'

export const COLUMNS: readonly Column<DecisionRow>[] = [
  { id: 'binary', header: 'Binary', sortable: true, width: 150, cell: (row) => row.binary },
  {
    id: 'verdict',
    header: 'Verdict',
    sortable: true,
    width: 126,
    cell: (row) => <VerdictBadge verdict={row.verdict} />,
  },
  {
    id: 'state',
    header: 'State',
    sortable: true,
    width: 106,
    cell: (row) => <DecisionBadge state={row.state} />,
  },
  {
    id: 'effect',
    header: 'Hosts',
    hint: 'That used it when it was proposed, or narrowed by its approval. Sorting by it puts emergencies first, then what interrupts most',
    align: 'right',
    sortable: true,
    sortDescendingFirst: true,
    width: 58,
    cell: (row) => (row.evidence === null ? '–' : formatNumber(row.evidence.hosts)),
  },
  {
    id: 'executions',
    header: 'Executions',
    hint: 'When it was proposed, or narrowed by its approval',
    align: 'right',
    optional: true,
    width: 84,
    cell: (row) => (row.evidence === null ? '–' : formatNumber(row.evidence.executions)),
  },
  { id: 'where', header: 'Where', width: 118, cell: (row) => <span title={row.where}>{row.where}</span> },
  {
    id: 'attention',
    header: 'Needs attention',
    width: 124,
    cell: (row) => {
      const words = attentionOf(row)
      return words === null ? <Nothing /> : <span title={words}>{words}</span>
    },
  },
  { id: 'note', header: 'Why', cell: (row) => <span title={row.justification}>{row.justification}</span> },
  { id: 'proposer', header: 'Proposed by', width: 128, cell: (row) => row.proposedBy },
  {
    id: 'proposed',
    header: 'Proposed',
    sortable: true,
    sortDescendingFirst: true,
    width: 92,
    cell: (row) => <RelativeTime at={row.proposedAt} />,
  },
  {
    id: 'decider',
    header: 'Decided by',
    hint: 'Or whether it awaits you, or those for whom you stand in',
    width: 128,
    cell: (row) => row.decidedBy ?? awaitsWords(row) ?? <Nothing />,
  },
  {
    id: 'decided',
    header: 'Decided',
    optional: true,
    sortable: true,
    sortDescendingFirst: true,
    width: 110,
    cell: (row) => (row.decidedAt === null ? <Nothing /> : <RelativeTime at={row.decidedAt} />),
  },
  {
    id: 'review',
    header: 'Review',
    optional: true,
    sortable: true,
    width: 100,
    cell: (row) => row.reviewOn ?? <Nothing />,
  },
  {
    id: 'control',
    header: 'Control',
    optional: true,
    width: 170,
    cell: (row) => (row.control === null ? <Nothing /> : CONTROL_FACTS[row.control].name),
  },
  { id: 'ticket', header: 'Ticket', optional: true, width: 110, cell: (row) => row.ticket ?? <Nothing /> },
  { id: 'owner', header: 'Owner', optional: true, width: 130, cell: (row) => row.owner },
]

function awaitsWords({ awaitsMe, awaitsOthers }: DecisionRow): string | null {
  const whom = [...(awaitsMe ? ['you'] : []), ...awaitsOthers.map((name) => `${name} (you stand in)`)]
  return whom.length === 0 ? null : `awaits ${whom.join(', ')}`
}

/** The gravest thing first: what does not hold, then what is due. */
function attentionOf({ alarms, due }: DecisionRow): string | null {
  const words = [...alarms.filter(({ key }) => key !== 'unconfirmed'), ...due].map((one) => one.words)
  return words.length === 0 ? null : words.join(' · ')
}

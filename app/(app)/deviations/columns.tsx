import { CommandLine } from '@/components/command-line/command-line'
import { NameText } from '@/components/command-line/cut-in-middle'
import { NoScore } from '@/components/state/no-score'
import { ScoreBadge } from '@/components/state/score-badge'
import { TriageBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { hostLabel } from '@/lib/pipeline/normalise/host-name'
import type { DeviationItem } from '@/lib/store/screens/deviations/list'

const SHOWN_REASONS = 3

/** An item, and who else changed it since the list was read. */
export type QueueRow = DeviationItem & { changedBy: string | null }

export const COLUMNS: readonly Column<QueueRow>[] = [
  {
    id: 'pattern',
    header: 'Pattern',
    sortable: true,
    hint: 'The command line, with what varies taken out',
    cell: (row) => <CommandLine text={row.title} oneLine />,
  },
  {
    id: 'score',
    header: 'Score',
    width: 72,
    align: 'right',
    sortable: true,
    sortDescendingFirst: true,
    hint: 'Bits, of its highest use',
    cell: (row) =>
      row.scoreMillibits === null ? (
        <NoScore state={row.state} />
      ) : (
        <ScoreBadge millibits={row.scoreMillibits} />
      ),
  },
  {
    id: 'reasons',
    header: 'Because',
    cell: ({ because }) => (
      <span title={because.join('\n')} className="text-muted">
        {because.slice(0, SHOWN_REASONS).join(' · ')}
      </span>
    ),
  },
  {
    id: 'hosts',
    header: 'Hosts',
    width: 112,
    align: 'right',
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => (
      <Link className="hover:underline" href={`/deviations/${row.id}#hosts`}>
        {row.onlyHost === null ? (
          formatNumber(row.hosts)
        ) : (
          <NameText name={hostLabel(row.onlyHost)} whole={row.onlyHost} />
        )}
      </Link>
    ),
  },
  {
    id: 'executions',
    header: 'Executions',
    width: 96,
    align: 'right',
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => (
      <Link className="hover:underline" href={executionsHref(row)}>
        {formatNumber(row.executions)}
      </Link>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 112,
    sortable: true,
    cell: (row) => (
      <span className="flex gap-1">
        <TriageBadge state={row.state} />
        {row.again && (
          <Badge tone="warn" title="Explained before; seen again where, when or how nobody ruled">
            again
          </Badge>
        )}
        {row.changedBy !== null && (
          <Badge tone="accent" title={`${row.changedBy} changed it since this list was read`}>
            by {row.changedBy}
          </Badge>
        )}
      </span>
    ),
  },
  {
    id: 'assignee',
    header: 'Assignee',
    width: 104,
    sortable: true,
    cell: (row) => row.assignee ?? <span className="text-muted">nobody</span>,
  },
  {
    id: 'last',
    header: 'Last seen',
    width: 96,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => <RelativeTime at={row.lastAt} />,
  },
  {
    id: 'first',
    header: 'First seen',
    optional: true,
    width: 104,
    sortable: true,
    sortDescendingFirst: true,
    cell: (row) => <RelativeTime at={row.firstAt} />,
  },
  {
    id: 'binary',
    header: 'Binary',
    optional: true,
    width: 120,
    sortable: true,
    cell: (row) => (
      <Link className="hover:underline" href={`/binaries/${encodeURIComponent(row.slug)}`}>
        {row.binary}
      </Link>
    ),
  },
  {
    id: 'techniques',
    header: 'Techniques',
    optional: true,
    width: 200,
    hint: 'ATT&CK techniques that the binary is known for',
    cell: (row) => <span title={row.techniques.join(', ')}>{row.techniques.join(', ') || '–'}</span>,
  },
  { id: 'note', header: 'Note', width: 200, optional: true, cell: (row) => row.note ?? '' },
]

/** Where nobody has any of the rows: what is left is the patterns' and their reasons'. */
export const COLUMNS_UNASSIGNED: readonly Column<QueueRow>[] = COLUMNS.map((column) =>
  column.id === 'assignee' ? { ...column, optional: true } : column,
)

/** The executions behind an item: those that deviate, or where a ruling explains them all of its pattern. */
export function executionsHref(item: Behind): string {
  return `/executions?${executionsQuery(item)}`
}

type Behind = Pick<DeviationItem, 'id' | 'pattern' | 'slug' | 'scoreMillibits'>

export function executionsQuery({ id, pattern, slug, scoreMillibits }: Behind): string {
  const query = new URLSearchParams(scoreMillibits === null ? { binary: slug, pattern } : { deviation: id })
  return `${query}&days=all`
}

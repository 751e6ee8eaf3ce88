import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { HostOfDeviation } from '@/lib/store/screens/deviations/hosts'
import type { DeviationItem } from '@/lib/store/screens/deviations/list'
import { executionsHref } from './columns'

type HostListProps = { item: DeviationItem; hosts: readonly HostOfDeviation[]; total: number }

/** Where it was seen: by host, with who started it. */
export function HostList({ item, hosts, total }: HostListProps) {
  return (
    <PlainTable
      label="Hosts"
      rows={hosts}
      rowId={({ hostId, explained }) => `${hostId} ${explained}`}
      empty="Nothing on record shows it any more."
      {...(total > hosts.length && {
        note: `${formatNumber(total - hosts.length)} more hosts are not shown.`,
      })}
      columns={[
        {
          id: 'host',
          header: 'Host',
          cell: ({ hostId, host, group }) => (
            <>
              <Link className="link" href={`/hosts/${hostId}`}>
                <InertText text={host} />
              </Link>
              {group !== null && <div className="text-muted text-small">{group}</div>}
            </>
          ),
        },
        {
          id: 'score',
          header: 'Score',
          align: 'right',
          cell: ({ scoreMillibits, explained }) =>
            explained ? (
              <span className="text-muted">explained</span>
            ) : (
              <ScoreBadge millibits={scoreMillibits} />
            ),
        },
        {
          id: 'executions',
          header: 'Executions',
          align: 'right',
          cell: ({ host, executions, days, explained }) => (
            <Link
              className="link"
              title={`on ${countOf(days, 'day')}`}
              href={`${executionsHref(explained ? { ...item, scoreMillibits: null } : item)}&host=${encodeURIComponent(host)}`}
            >
              {formatNumber(executions)}
            </Link>
          ),
        },
        {
          id: 'parents',
          header: 'Parents',
          wraps: true,
          cell: ({ parents }) => <Names names={parents.map(parentWords)} />,
        },
        { id: 'users', header: 'Users', wraps: true, cell: ({ users }) => <Names names={users} /> },
        {
          id: 'last',
          header: 'Last seen',
          cell: ({ firstAt, lastAt }) => (
            <>
              <RelativeTime at={lastAt} />
              {firstAt !== lastAt && (
                <div className="text-muted text-small">
                  first <RelativeTime at={firstAt} />
                </div>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

function Names({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className="text-muted">not reported</span>
  return <InertText text={names.join(', ')} />
}

import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { Reporting } from '@/lib/store/screens/binary/view'
import type { BinaryBaseline } from '@/lib/store/screens/host/baseline'
import type { HostHeader } from '@/lib/store/screens/host/find-host'
import { reportingOf } from '../../reporting-of'
import { type UnusualUse, unusualUses } from './unusual-uses'

type UnusualSectionProps = {
  host: HostHeader
  baseline: readonly BinaryBaseline[]
  reporting: Reporting
  windowQuery: string
}

/** What the host does and hardly any other of its group. */
export function UnusualSection({ host, baseline, reporting, windowQuery }: UnusualSectionProps) {
  const groupSize = reportingOf(reporting, host.group)
  return (
    <Section
      title="Unusual against its group"
      id="unusual"
      description="Command patterns that at most a tenth of its group's baselines hold. Unusual is not bad: the score says how much speaks for it."
    >
      {groupSize === null || groupSize < 2 ? (
        <p className="text-muted">
          {host.group === null
            ? 'It is in no host group, so there is nothing to compare it with.'
            : 'No other host of its group reported in this period.'}
        </p>
      ) : (
        <PlainTable
          label="unusual against its group"
          columns={columns(host, groupSize, windowQuery)}
          rows={unusualUses(baseline, groupSize)}
          rowId={({ key }) => key}
          empty="Nothing: what it does, others of its group do as well."
        />
      )}
    </Section>
  )
}

function columns(host: HostHeader, groupSize: number, windowQuery: string): PlainColumn<UnusualUse>[] {
  return [
    {
      id: 'pattern',
      header: 'Command pattern',
      wide: true,
      cell: ({ slug, pattern, patternId }) => (
        <Link
          className="hover:underline"
          href={`/executions?host=${encodeURIComponent(host.name)}&binary=${encodeURIComponent(slug)}&pattern=${patternId}${windowQuery}`}
        >
          <code>
            <InertText text={pattern || '(no arguments)'} />
          </code>
        </Link>
      ),
    },
    {
      id: 'parent',
      header: 'Parent',
      cell: ({ parent }) =>
        parent === null ? (
          <span className="text-muted">not reported</span>
        ) : (
          <span title={parent}>
            <InertText text={parentWords(parent)} />
          </span>
        ),
    },
    {
      id: 'score',
      header: 'Highest',
      align: 'right',
      hint: 'Highest score in the period, in bits',
      cell: (row) => <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
    {
      id: 'group',
      header: 'Group',
      align: 'right',
      hint: 'Hosts of its group whose baselines hold the pattern, itself included',
      cell: ({ groupHosts }) =>
        `${formatNumber(groupHosts ?? 0)} of ${formatNumber(Math.max(groupHosts ?? 0, groupSize))}`,
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
  ]
}

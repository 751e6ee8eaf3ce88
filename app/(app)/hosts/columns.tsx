import { ClockAlert } from 'lucide-react'
import { shiftText, shiftWords } from '@/components/baseline/clock-shift'
import { COVERAGE_WORDS } from '@/components/baseline/coverage-words'
import { Maturity } from '@/components/baseline/maturity'
import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import type { Column } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { HostRow } from '@/lib/store/screens/hosts'
import { SENSOR_LABELS } from '../executions/sensor-labels'

const NUMBER = { align: 'right', sortable: true, sortDescendingFirst: true, width: 84 } as const

/** For the numbers' links: `windowQuery`, `&from=…&to=…` of what was counted, and `period`, the same as a host's page takes it. */
export function toColumns(windowQuery: string, period: string): readonly Column<HostRow>[] {
  const host = (row: HostRow) => encodeURIComponent(row.name)
  return [
    { id: 'name', header: 'Host', sortable: true, cell: (row) => <InertText text={row.name} /> },
    {
      id: 'group',
      header: 'Group',
      sortable: true,
      width: 148,
      cell: (row) => row.group ?? <span className="text-muted">none</span>,
    },
    {
      id: 'lastSeen',
      header: 'Last seen',
      sortable: true,
      sortDescendingFirst: true,
      width: 104,
      cell: (row) => <LastSeen host={row} />,
    },
    ...TELEMETRY,
    {
      id: 'binaries',
      header: 'Binaries',
      ...NUMBER,
      width: 72,
      cell: (row) => <Count value={row.binaries} href={`/hosts/${row.id}${period}#baseline`} />,
    },
    {
      id: 'executions',
      header: 'Executions',
      ...NUMBER,
      cell: (row) => <Count value={row.executions} href={`/executions?host=${host(row)}${windowQuery}`} />,
    },
    {
      id: 'deviations',
      header: 'Deviations',
      ...NUMBER,
      hint: 'Deviations that are open or flagged',
      cell: (row) => (
        <Count value={row.openDeviations} href={`/deviations?host=${host(row)}&state=open&state=flagged`} />
      ),
    },
    {
      id: 'score',
      header: 'Highest',
      ...NUMBER,
      width: 72,
      hint: 'Highest score in the period, in bits',
      cell: (row) =>
        row.highestScoreMillibits === null ? '–' : <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
    {
      id: 'maturity',
      header: 'Maturity',
      width: 98,
      hint: 'How much of the judgement rests on the host’s own past',
      cell: (row) => <Maturity value={row.maturity} />,
    },
  ]
}

function LastSeen({ host: { lastAt, clockShift } }: { host: HostRow }) {
  return (
    <span className="flex items-center gap-1.5">
      <RelativeTime at={lastAt} />
      {clockShift !== null && (
        <span title={shiftWords(clockShift)} className="text-warn">
          <ClockAlert aria-hidden className="size-3.5" />
          <span className="sr-only">Clock {shiftText(clockShift.greatest)}</span>
        </span>
      )}
    </span>
  )
}

/** What it sent. */
const TELEMETRY: readonly Column<HostRow>[] = [
  {
    id: 'coverage',
    header: 'Coverage',
    sortable: true,
    width: 136,
    hint: 'Whether something unseen on it can be taken to be absent',
    cell: (row) => <Coverage host={row} />,
  },
  { id: 'sensors', header: 'Sensors', width: 118, cell: (row) => <Sensors host={row} /> },
  {
    id: 'days',
    header: 'Days',
    ...NUMBER,
    width: 48,
    hint: 'Days with telemetry in the period',
    cell: (row) => formatNumber(row.daysCovered),
  },
  {
    id: 'gaps',
    header: 'Gaps',
    ...NUMBER,
    width: 48,
    hint: 'Days without telemetry between its first and last day',
    cell: (row) =>
      row.gapDays === 0 ? (
        <span className="text-muted">0</span>
      ) : (
        <span title={`the longest: ${countOf(row.longestGapDays, 'day')} in a row`}>
          {formatNumber(row.gapDays)}
        </span>
      ),
  },
]

const TONES = { full: 'good', partial: 'neutral', 'no-command-lines': 'warn', silent: 'warn' } as const

function Coverage({ host: { coverage } }: { host: HostRow }) {
  const { label, hint } = COVERAGE_WORDS[coverage]
  return (
    <Badge tone={TONES[coverage]} title={hint}>
      {label}
    </Badge>
  )
}

function Sensors({ host }: { host: HostRow }) {
  if (host.sensors.length === 0) return <span className="text-muted">none</span>
  return <>{host.sensors.map((sensor) => SENSOR_LABELS[sensor]).join(', ')}</>
}

/** A number that leads to its rows. */
function Count({ value, href }: { value: number; href: string }) {
  if (value === 0) return <span className="text-muted">0</span>
  return (
    <Link href={href} className="hover:underline">
      {formatNumber(value)}
    </Link>
  )
}

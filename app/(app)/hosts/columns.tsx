import Link from 'next/link'
import { Maturity } from '@/components/baseline/maturity'
import { ScoreBadge } from '@/components/state/score-badge'
import type { Column } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { HostRow } from '@/lib/store/screens/hosts'

const NUMBER = { align: 'right', sortable: true, sortDescendingFirst: true, width: 100 } as const

/** `windowQuery`: `&from=…&to=…` of what was counted, for the numbers' links. */
export function toColumns(windowQuery: string): readonly Column<HostRow>[] {
  const host = (row: HostRow) => encodeURIComponent(row.name)
  return [
    { id: 'name', header: 'Host', sortable: true, cell: (row) => row.name },
    {
      id: 'group',
      header: 'Group',
      sortable: true,
      width: 140,
      cell: (row) => row.group ?? <span className="text-muted">none</span>,
    },
    {
      id: 'lastSeen',
      header: 'Last seen',
      sortable: true,
      sortDescendingFirst: true,
      width: 96,
      cell: (row) => <RelativeTime at={row.lastAt} />,
    },
    { id: 'sensors', header: 'Sensors', width: 150, cell: (row) => <Sensors host={row} /> },
    {
      id: 'days',
      header: 'Days',
      ...NUMBER,
      width: 60,
      hint: 'Days with telemetry in the period',
      cell: (row) => formatNumber(row.daysCovered),
    },
    {
      id: 'binaries',
      header: 'Binaries',
      ...NUMBER,
      width: 80,
      cell: (row) => <Count value={row.binaries} href={`/hosts/${row.id}#baseline`} />,
    },
    {
      id: 'executions',
      header: 'Executions',
      ...NUMBER,
      cell: (row) => <Count value={row.executions} href={`/executions?host=${host(row)}${windowQuery}`} />,
    },
    {
      id: 'deviations',
      header: 'Open dev.',
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
      width: 80,
      hint: 'Highest score in the period, in bits',
      cell: (row) =>
        row.highestScoreMillibits === null ? '–' : <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
    {
      id: 'maturity',
      header: 'Maturity',
      width: 100,
      hint: 'How much of the judgement rests on the host’s own past',
      cell: (row) => <Maturity value={row.maturity} />,
    },
  ]
}

function Sensors({ host }: { host: HostRow }) {
  if (host.sensors.length === 0) return <span className="text-muted">none</span>
  return (
    <span className="flex items-center gap-1">
      {host.sensors.join(', ')}
      {!host.sendsCommandLines && <Badge tone="warn">no command lines</Badge>}
    </span>
  )
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

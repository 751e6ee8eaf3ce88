import { Sparkline } from '@/components/chart/sparkline'
import { ScoreBadge } from '@/components/state/score-badge'
import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import type { Column } from '@/components/table/column'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { BinaryRow } from '@/lib/store/screens/binaries'

/** For the numbers' links: `windowQuery`, `&from=…&to=…` of what was counted, and `period`, the same as a binary's page takes it. */
export function toColumns(windowQuery: string, period: string): readonly Column<BinaryRow>[] {
  const page = ({ slug }: BinaryRow) => `/binaries/${encodeURIComponent(slug)}${period}`
  return [
    {
      id: 'name',
      header: 'Name',
      sortable: true,
      width: 160,
      cell: (row) => row.name,
    },
    {
      id: 'executions',
      header: 'Executions',
      ...NUMBER,
      width: 100,
      cell: (row) => (
        <Count
          value={row.executions}
          href={`/executions?binary=${encodeURIComponent(row.slug)}${windowQuery}`}
        />
      ),
    },
    {
      id: 'daily',
      header: 'A day',
      width: 112,
      cell: (row) => <Sparkline values={row.daily} label={dailyWords(row.daily)} />,
    },
    {
      id: 'hosts',
      header: 'Hosts',
      ...NUMBER,
      width: 68,
      cell: (row) => <Count value={row.hosts} href={`${page(row)}#hosts`} />,
    },
    {
      id: 'patterns',
      header: 'Patterns',
      ...NUMBER,
      hint: 'Distinct command patterns',
      cell: (row) => <Count value={row.patterns} href={`${page(row)}#patterns`} />,
    },
    {
      id: 'parents',
      header: 'Parents',
      ...NUMBER,
      cell: (row) => <Count value={row.parents} href={`${page(row)}#parents`} />,
    },
    {
      id: 'deviations',
      header: 'Deviations',
      ...NUMBER,
      width: 92,
      hint: 'Deviations that are open or flagged',
      cell: (row) => (
        <Count
          value={row.openDeviations}
          href={`/deviations?binary=${encodeURIComponent(row.slug)}&state=open&state=flagged`}
        />
      ),
    },
    {
      id: 'score',
      header: 'Highest',
      ...NUMBER,
      hint: 'Highest score in the period, in bits',
      cell: (row) =>
        row.highestScoreMillibits === null ? '–' : <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
    ...STANDING,
  ]
}

const NUMBER = { align: 'right', sortable: true, sortDescendingFirst: true, width: 84 } as const

/** What does not depend on the period. */
const STANDING: readonly Column<BinaryRow>[] = [
  {
    id: 'lastSeen',
    header: 'Last seen',
    sortable: true,
    sortDescendingFirst: true,
    width: 92,
    cell: (row) => <RelativeTime at={row.lastAt} />,
  },
  {
    id: 'decision',
    header: 'Decision',
    width: 206,
    cell: (row) => (
      <span className="flex gap-1">
        <VerdictBadge verdict={row.verdict} />
        {row.decision !== null && <DecisionBadge state={row.decision} />}
      </span>
    ),
  },
  {
    id: 'attack',
    header: 'Techniques',
    width: 164,
    cell: (row) => <span title={row.attack.join(', ')}>{row.attack.join(', ')}</span>,
  },
  {
    id: 'countermeasures',
    header: 'Countermeasures',
    optional: true,
    width: 180,
    cell: (row) => row.countermeasures.join(', '),
  },
  {
    id: 'tier',
    header: 'Tier',
    optional: true,
    width: 150,
    cell: (row) => (
      <span className="flex gap-1">
        {row.tier}
        {!row.counted && <Badge>not counted</Badge>}
      </span>
    ),
  },
  {
    id: 'mission',
    header: 'CM0091',
    optional: true,
    width: 90,
    hint: 'Named by CM0091',
    cell: (row) => (row.namedInMission ? 'named' : ''),
  },
]

/** A number that leads to its rows. */
function Count({ value, href }: { value: number; href: string }) {
  if (value === 0) return <span className="text-muted">0</span>
  return (
    <Link href={href} className="hover:underline">
      {formatNumber(value)}
    </Link>
  )
}

function dailyWords(daily: readonly number[]): string {
  const used = daily.filter((value) => value > 0).length
  return `Used on ${countOf(used, 'day')} of ${formatNumber(daily.length)}, at most ${countOf(Math.max(0, ...daily), 'execution')} a day`
}

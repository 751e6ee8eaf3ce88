'use client'

import { useSearchParams } from 'next/navigation'
import { HourStrip } from '@/components/baseline/hour-strip'
import { Maturity } from '@/components/baseline/maturity'
import { InertText } from '@/components/command-line/inert-text'
import { periodQuery } from '@/components/shell/period'
import { ScoreBadge } from '@/components/state/score-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { Reporting } from '@/lib/store/screens/binary/view'
import type { BaselineUse, BinaryBaseline } from '@/lib/store/screens/host/baseline'
import type { HostHeader } from '@/lib/store/screens/host/find-host'
import { reportingOf } from '../../reporting-of'

type BinaryBaselinesProps = {
  host: HostHeader
  /** `ways`: how many there are, of which `uses` may be the first. */
  baseline: readonly (BinaryBaseline & { ways: number })[]
  reporting: Reporting
  /** `&from=…&to=…` of what was counted. */
  windowQuery: string
}

/** Binaries opened at first: the busiest. */
const OPEN_AT_FIRST = 3

/** A host's binaries, each with its parents and command patterns. */
export function BinaryBaselines({ host, baseline, reporting, windowQuery }: BinaryBaselinesProps) {
  const search = useSearchParams()
  const chosen = periodQuery(search) === '' ? '' : windowQuery
  if (baseline.length === 0)
    return <p className="text-muted">It used no proxy binary in this period, as far as it reports.</p>
  return (
    <div className="space-y-2">
      {baseline.map((one, index) => {
        const query = `host=${encodeURIComponent(host.name)}&binary=${encodeURIComponent(one.slug)}${windowQuery}`
        return (
          <Details key={one.slug} id={one.slug} open={index < OPEN_AT_FIRST} className="rounded border">
            <summary className="cursor-pointer px-3 py-2">
              <span className="inline-flex flex-wrap items-center gap-x-4 gap-y-1">
                <span className="font-semibold">{one.name}</span>
                <span>{countOf(one.executions, 'execution')}</span>
                <span>{countOf(one.ways, 'way', 'ways')} of use</span>
                <span className="inline-flex items-center gap-1.5 text-muted">
                  maturity <Maturity value={one.maturity} />
                </span>
              </span>
            </summary>
            <div className="px-3 pb-3">
              <p className="mb-2">
                <Link
                  href={`/binaries/${encodeURIComponent(one.slug)}${periodQuery(search)}`}
                  className="text-accent hover:underline"
                >
                  {one.name} in the fleet
                </Link>
                {' · '}
                <Link href={`/executions?${query}`} className="text-accent hover:underline">
                  executions here
                </Link>
                {' · '}
                <Link
                  href={`/deviations?host=${encodeURIComponent(host.name)}&binary=${encodeURIComponent(one.slug)}${chosen}&state=all`}
                  className="text-accent hover:underline"
                >
                  deviations here
                </Link>
              </p>
              <PlainTable
                label={`parents and command patterns of ${one.slug}`}
                columns={columnsOf(host, reporting, query)}
                rows={one.uses}
                rowId={(row) => row.id}
                empty="Not used."
                note={
                  one.ways > one.uses.length &&
                  `The busiest ${formatNumber(one.uses.length)} of ${formatNumber(one.ways)}: the CSV has all of them.`
                }
              />
            </div>
          </Details>
        )
      })}
    </div>
  )
}

function columnsOf(host: HostHeader, reporting: Reporting, query: string): PlainColumn<BaselineUse>[] {
  const groupSize = reportingOf(reporting, host.group)
  return [
    {
      id: 'parent',
      header: 'Parent, users',
      cell: (row) =>
        row.parent === null ? (
          <span className="text-muted">not reported</span>
        ) : (
          <>
            <code title={row.parent}>
              <InertText text={parentWords(row.parent)} />
            </code>
            <Users users={row.users} />
          </>
        ),
    },
    {
      id: 'pattern',
      header: 'Command pattern',
      wide: true,
      cell: (row) => <Pattern use={row} query={query} />,
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    {
      id: 'group',
      header: 'Group',
      align: 'right',
      hint: 'Hosts of its group whose baselines hold the pattern',
      cell: (row) => ofSize(row.groupHosts, groupSize),
    },
    {
      id: 'fleet',
      header: 'Fleet',
      align: 'right',
      hint: 'Hosts of the fleet whose baselines hold the pattern',
      cell: (row) => ofSize(row.fleetHosts, reporting.fleet),
    },
    { id: 'days', header: 'Days', align: 'right', cell: (row) => formatNumber(row.days) },
    { id: 'hours', header: 'Hours (UTC)', cell: (row) => <HourStrip mask={row.hours} /> },
    {
      id: 'seen',
      header: 'Last and first seen',
      cell: (row) => (
        <>
          <RelativeTime at={row.lastAt} />
          <span className="block text-muted text-small">
            <RelativeTime at={row.firstAt} />
          </span>
        </>
      ),
    },
    {
      id: 'score',
      header: 'Highest',
      align: 'right',
      hint: 'Highest score in the period, in bits',
      cell: (row) => (
        <span className="inline-flex flex-col items-end gap-0.5">
          {!row.trusted && (
            <Badge title="Too unusual to learn from: somebody has to judge it first">not learned</Badge>
          )}
          <ScoreBadge millibits={row.highestScoreMillibits} />
        </span>
      ),
    },
  ]
}

function Pattern({ use, query }: { use: BaselineUse; query: string }) {
  if (use.pattern === null || use.patternId === null)
    return <span className="text-muted">no command line reported</span>
  return (
    <Link href={`/executions?${query}&pattern=${use.patternId}`} className="hover:underline">
      <code>
        <InertText text={use.pattern || '(no arguments)'} />
      </code>
    </Link>
  )
}

function Users({ users }: { users: readonly string[] }) {
  if (users.length === 0) return null
  return (
    <span title={users.join('\n')} className="block text-muted text-small">
      {users.length > 1 ? `${users[0]} and ${users.length - 1} more` : users[0]}
    </span>
  )
}

function ofSize(hosts: number | null, size: number | null): string {
  if (hosts === null) return '–'
  return size === null
    ? formatNumber(hosts)
    : `${formatNumber(hosts)} of ${formatNumber(Math.max(hosts, size))}`
}

'use client'

import { COVERAGE_WORDS, notSeenSentence } from '@/components/baseline/coverage-words'
import { InertText } from '@/components/command-line/inert-text'
import { periodQuery } from '@/components/shell/period'
import { ScoreBadge } from '@/components/state/score-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { type TableUrl, useTableUrl } from '@/components/table/use-table-url'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { RelativeTime } from '@/components/ui/time'
import { COVERAGE_CLASSES } from '@/lib/pipeline/baseline/coverage'
import type { HostsOfBinary, HostUse } from '@/lib/store/screens/binary/hosts'
import type { DataWindow } from '@/lib/store/screens/data-window'

type HostSectionProps = { hosts: HostsOfBinary; window: DataWindow; slug: string }

/** Hosts that use it, and hosts that did not, with what that is worth. */
export function HostSection({ hosts, window, slug }: HostSectionProps) {
  const url = useTableUrl()
  const period = periodQuery(url.params)
  return (
    <Section title="Hosts" id="hosts" description={notSeenSentence(hosts.counts, window.from)}>
      <PlainTable
        label="hosts that use it"
        columns={hostColumns(slug, url)}
        rows={hosts.using}
        rowId={(row) => String(row.hostId)}
        empty="No host used it in this period."
        note={
          hosts.usingTotal > hosts.using.length &&
          `The ${formatNumber(hosts.using.length)} most active of ${countOf(hosts.usingTotal, 'host')}; the CSV of its baselines has all of them.`
        }
      />
      {hosts.notSeen.length > 0 && (
        <Details className="mt-2">
          <summary className="cursor-pointer">
            {countOf(
              COVERAGE_CLASSES.reduce((sum, coverage) => sum + hosts.counts[coverage], 0),
              'host',
            )}{' '}
            on which it was not seen
          </summary>
          {COVERAGE_CLASSES.map((coverage) => {
            const names = hosts.notSeen.filter((host) => host.coverage === coverage)
            if (names.length === 0) return null
            return (
              <div key={coverage} className="mt-2">
                <h3 className="font-medium" title={COVERAGE_WORDS[coverage].hint}>
                  {COVERAGE_WORDS[coverage].label} ({formatNumber(hosts.counts[coverage])})
                </h3>
                <p className="flex flex-wrap gap-x-3 text-muted">
                  {names.map(({ hostId, name }) => (
                    <Link key={hostId} href={`/hosts/${hostId}${period}`} className="hover:underline">
                      <InertText text={name} />
                    </Link>
                  ))}
                  {hosts.counts[coverage] > names.length && <span>and others</span>}
                </p>
              </div>
            )
          })}
        </Details>
      )}
    </Section>
  )
}

function hostColumns(slug: string, url: TableUrl): PlainColumn<HostUse>[] {
  return [
    {
      id: 'name',
      header: 'Host',
      cell: (row) => (
        <Link
          href={`/hosts/${row.hostId}${periodQuery(url.params)}#${encodeURIComponent(slug)}`}
          className="font-medium hover:underline"
        >
          <InertText text={row.name} />
        </Link>
      ),
    },
    { id: 'group', header: 'Group', cell: (row) => row.group ?? <span className="text-muted">none</span> },
    {
      id: 'executions',
      header: 'Executions',
      align: 'right',
      cell: (row) => (
        <Link href={url.href(inView(row, url.params))} className="hover:underline">
          {formatNumber(row.executions)}
        </Link>
      ),
    },
    { id: 'patterns', header: 'Patterns', align: 'right', cell: (row) => formatNumber(row.patterns) },
    { id: 'days', header: 'Days', align: 'right', cell: (row) => formatNumber(row.days) },
    { id: 'first', header: 'First seen', cell: (row) => <RelativeTime at={row.firstAt} /> },
    { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
    {
      id: 'score',
      header: 'Highest',
      align: 'right',
      cell: (row) => <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
  ]
}

/** The same page with one host in view: of another group than the one in view, it would show nothing. */
function inView({ name, group }: HostUse, params: URLSearchParams) {
  return { host: name, ...(params.get('group') !== group && { group: null }) }
}

'use client'

import { HourStrip } from '@/components/baseline/hour-strip'
import { InertText } from '@/components/command-line/inert-text'
import { ScoreBadge } from '@/components/state/score-badge'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { Nothing } from '@/components/ui/nothing'
import { formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { Breakdown, BreakdownKind, UseOf } from '@/lib/store/screens/binary/breakdown'
import type { Reporting } from '@/lib/store/screens/binary/view'
import { reportingOf } from '../../reporting-of'
import { kindsQuery } from './signature-query'

type UseTableProps = {
  kind: BreakdownKind
  entryId: number
  breakdown: Breakdown
  reporting: Reporting
  /** Filters of the executions that are counted. */
  query: string
}

const NOUNS: Record<BreakdownKind, { header: string; many: string; missing: string }> = {
  pattern: { header: 'Command pattern', many: 'command patterns', missing: 'no command line reported' },
  parent: { header: 'Parent', many: 'parents', missing: 'no parent reported' },
  user: { header: 'User', many: 'users', missing: 'no user reported' },
}

/** Patterns, parents or users: when, how often, and how common in groups and fleet. */
export function UseTable({ kind, entryId, breakdown, reporting, query }: UseTableProps) {
  const { header, many, missing } = NOUNS[kind]
  const more = breakdown.total - breakdown.rows.length
  const columns: PlainColumn<UseOf>[] = [
    {
      id: 'value',
      header,
      wide: true,
      cell: (row) => <ValueLink kind={kind} entryId={entryId} use={row} query={query} missing={missing} />,
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    {
      id: 'fleet',
      header: 'Fleet',
      align: 'right',
      hint: 'Hosts that used it, of the hosts that reported in the period',
      cell: (row) => `${formatNumber(row.hosts)} of ${formatNumber(reporting.fleet)}`,
    },
    {
      id: 'groups',
      header: 'Groups',
      hint: 'Hosts that used it, of the reporting hosts of each group',
      cell: (row) => <Groups groups={row.groups} reporting={reporting} />,
    },
    { id: 'days', header: 'Days', align: 'right', cell: (row) => formatNumber(row.days) },
    { id: 'hours', header: 'Hours (UTC)', cell: (row) => <HourStrip mask={row.hours} /> },
    { id: 'first', header: 'First seen', cell: (row) => <RelativeTime at={row.firstAt} /> },
    { id: 'last', header: 'Last seen', cell: (row) => <RelativeTime at={row.lastAt} /> },
    {
      id: 'score',
      header: 'Highest',
      align: 'right',
      hint: 'Highest score in the period, in bits',
      cell: (row) => <ScoreBadge millibits={row.highestScoreMillibits} />,
    },
  ]
  return (
    <PlainTable
      label={many}
      columns={columns}
      rows={breakdown.rows}
      rowId={(row) => row.id ?? 'none'}
      empty="Not used in this period."
      note={
        more > 0
          ? `The ${breakdown.rows.length} most used of ${formatNumber(breakdown.total)} ${many}.`
          : undefined
      }
    />
  )
}

type ValueLinkProps = { kind: BreakdownKind; entryId: number; use: UseOf; query: string; missing: string }

function ValueLink({ kind, entryId, use, query, missing }: ValueLinkProps) {
  if (use.value === null) return <span className="text-muted">{missing}</span>
  const text = kind === 'parent' ? parentWords(use.value) : use.value || '(no arguments)'
  return (
    <Link
      href={`/executions?${query}${filterOf(kind, entryId, use)}`}
      title={use.value}
      className="hover:underline"
    >
      <code>
        <InertText text={text} />
      </code>
    </Link>
  )
}

/** Parents are told apart by more than the path that executions are searched by: their ids say exactly which. */
function filterOf(kind: BreakdownKind, entryId: number, { id, value }: UseOf): string {
  if (kind === 'pattern') return `&pattern=${id}`
  return kind === 'user'
    ? `&user=${encodeURIComponent(value ?? '')}`
    : kindsQuery(entryId, id ?? 'none', 'any')
}

function Groups({ groups, reporting }: { groups: Record<string, number>; reporting: Reporting }) {
  const known = Object.entries(groups).sort(([, a], [, b]) => b - a)
  if (known.length === 0) return <Nothing />
  const words = known.map(([name, hosts]) => `${name} ${hosts} of ${reportingOf(reporting, name) ?? hosts}`)
  const shown = words.slice(0, 2).join(', ')
  return (
    <span title={words.join('\n')}>{words.length > 2 ? `${shown}, ${words.length - 2} more` : shown}</span>
  )
}

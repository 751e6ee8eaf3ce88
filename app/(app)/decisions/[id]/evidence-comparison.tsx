import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import {
  compareEvidence,
  type Evidence,
  type EvidenceRow,
  type Listed,
  MAX_LISTED,
  newSince,
} from '@/lib/pipeline/decision/evidence'
import { parentWords } from '@/lib/pipeline/deviation/words'

type EvidenceComparisonProps = {
  slug: string
  /** When it was proposed; null = may not be seen, or unreadable. */
  frozen: Evidence | null
  now: Evidence | null
}

/** What was known when it was proposed beside what is known now, and what is new since. */
export function EvidenceComparison({ slug, frozen, now }: EvidenceComparisonProps) {
  if (frozen === null)
    return (
      <Section title="Evidence">
        <p className="text-muted">The evidence speaks of hosts that you may not see.</p>
      </Section>
    )
  return (
    <>
      <Section
        title="Evidence then and now"
        description={`Then: ${windowOf(frozen)}. Now: ${now === null ? 'not known' : windowOf(now)}.`}
      >
        <PlainTable
          label="evidence"
          columns={COLUMNS}
          rows={compareEvidence(frozen, now)}
          rowId={(row) => row.label}
          empty="No evidence."
        />
      </Section>
      {now !== null && (
        <Section title="New since the proposal">
          <NewUse label="Command patterns" frozen={frozen.topPatterns} now={now.topPatterns} />
          <NewUse label="Parents" frozen={frozen.topParents} now={now.topParents} words={parentWords} />
          <NewUse label="Users" frozen={frozen.topUsers} now={now.topUsers} />
        </Section>
      )}
      <Section
        title={`What a block of ${slug} would have interrupted`}
        description={`As frozen with the proposal: the ${MAX_LISTED} most used of each.`}
      >
        <div className="grid gap-4 xl:grid-cols-2">
          <Use label="Command patterns" listed={frozen.topPatterns} />
          <Use label="Parents" listed={frozen.topParents} words={parentWords} />
          <Use label="Users" listed={frozen.topUsers} />
          <Use label="Hosts" listed={frozen.topHosts.map((host) => ({ ...host, hosts: 1 }))} />
        </div>
      </Section>
    </>
  )
}

function windowOf({ window }: Evidence): string {
  return window === null ? 'no telemetry' : `${window.from} to ${window.to}`
}

const COLUMNS: PlainColumn<EvidenceRow>[] = [
  { id: 'label', header: 'What', cell: (row) => row.label },
  { id: 'frozen', header: 'Then', align: 'right', cell: (row) => shown(row, row.frozen) },
  { id: 'now', header: 'Now', align: 'right', cell: (row) => shown(row, row.now) },
  {
    id: 'change',
    header: 'Change',
    align: 'right',
    cell: (row) => {
      const change = (row.now ?? 0) - (row.frozen ?? 0)
      if (row.frozen === null || row.now === null || change === 0)
        return <span className="text-muted">–</span>
      return <Badge tone="accent">{`${change > 0 ? '+' : '−'}${shown(row, Math.abs(change))}`}</Badge>
    },
  },
]

function shown({ kind }: EvidenceRow, value: number | null): string {
  if (value === null) return 'not known'
  return kind === 'millibits' ? `${(value / 1000).toFixed(1)} bits` : formatNumber(value)
}

type NewUseProps = {
  label: string
  frozen: readonly Listed[]
  now: readonly Listed[]
  words?: (name: string) => string
}

function NewUse({ label, frozen, now, words = String }: NewUseProps) {
  const added = newSince(frozen, now)
  // past what a list holds, a name may have been there unlisted
  const hedge = frozen.length >= MAX_LISTED ? ' among the most used' : ''
  return (
    <div className="mb-2">
      <h3 className="font-medium">{label}</h3>
      {added.length === 0 ? (
        <p className="text-muted">Nothing new{hedge}.</p>
      ) : (
        <ul>
          {added.map(({ name, executions }) => (
            <li key={name} className="wrap-anywhere">
              <code>
                <bdi>{words(name) || '(no arguments)'}</bdi>
              </code>{' '}
              <span className="text-muted">{formatNumber(executions)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

type UseProps = { label: string; listed: readonly Listed[]; words?: (name: string) => string }

function Use({ label, listed, words = String }: UseProps) {
  const columns: PlainColumn<Listed>[] = [
    {
      id: 'name',
      header: label,
      wide: true,
      cell: ({ name }) => (
        <code>
          <bdi>{words(name) || '(no arguments)'}</bdi>
        </code>
      ),
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
  ]
  return (
    <PlainTable
      label={label.toLowerCase()}
      columns={columns}
      rows={listed}
      rowId={(row) => row.name}
      empty={`No ${label.toLowerCase()}: it was not used.`}
    />
  )
}

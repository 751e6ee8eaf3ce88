import { InertText } from '@/components/command-line/inert-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge } from '@/components/ui/badge'
import { Details } from '@/components/ui/details'
import { Nothing } from '@/components/ui/nothing'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import {
  compareEvidence,
  type Evidence,
  type EvidenceRow,
  type Listed,
  MAX_LISTED,
  newSince,
} from '@/lib/pipeline/decision/evidence'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { evidenceWords, type FrozenWhen, frozenWhen, widerEvidence } from './decision-words'

/** What was known when it was proposed, and where an approval narrowed it when that was, beside what is known now, and what is new since. */
export function EvidenceComparison({ decision }: { decision: DecisionDetail }) {
  const { slug, state, evidence, now } = decision
  // of what nobody proposed yet, nothing is frozen
  const isToday = state === 'draft' || state === 'audit'
  const frozen = isToday ? now : evidence
  if (frozen === null)
    return (
      <Section title="Evidence">
        <p className="text-muted">The evidence speaks of hosts that you may not see.</p>
      </Section>
    )
  const when = frozenWhen(decision)
  const wider = widerEvidence(decision)
  return (
    <>
      <Section
        title={isToday ? 'Evidence' : 'Evidence then and now'}
        description={
          isToday
            ? `${windowOf(frozen)}, as known today. It is frozen once this is proposed.`
            : timesOf(decision, frozen)
        }
      >
        <PlainTable
          label="evidence"
          columns={isToday ? TODAY_COLUMNS : wider === null ? COLUMNS : WIDER_COLUMNS}
          rows={compareEvidence(frozen, now, wider)}
          rowId={(row) => row.label}
          empty="No evidence."
        />
      </Section>
      {now !== null && !isToday && <NewSince frozen={frozen} now={now} when={when} />}
      <Section
        title={`How ${slug} was used`}
        description={`${isToday ? 'As known today' : FROZEN_WITH[when]}: the ${MAX_LISTED} most used of each, whatever a block spares.`}
      >
        <UseLists evidence={frozen} />
        {wider !== null && (
          <Details className="mt-4">
            <summary className="cursor-pointer">As frozen with the proposal, for more hosts</summary>
            <div className="mt-2">
              <UseLists evidence={wider} />
            </div>
          </Details>
        )}
      </Section>
    </>
  )
}

const FROZEN_WITH = {
  proposed: 'As frozen with the proposal',
  approved: 'As frozen with the approval, where it holds',
} as const

function timesOf(decision: DecisionDetail, frozen: Evidence): string {
  const { now, where, proposedWhere } = decision
  const wider = widerEvidence(decision)
  const today = now === null ? 'not known' : windowOf(now)
  if (proposedWhere === null) return `Then: ${windowOf(frozen)}. Now: ${today}.`
  const proposed = wider === null ? '' : `When proposed, for ${proposedWhere}: ${windowOf(wider)}. `
  return `${proposed}When approved, for ${where}: ${windowOf(frozen)}. Now, there too: ${today}.`
}

function UseLists({ evidence }: { evidence: Evidence }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="min-w-0 lg:col-span-2">
        <Use label="Command patterns" listed={evidence.topPatterns} />
      </div>
      <Use label="Parents" listed={evidence.topParents} words={parentWords} />
      <Use label="Users" listed={evidence.topUsers} />
      <Use label="Hosts" listed={evidence.topHosts} />
    </div>
  )
}

function windowOf({ window }: Evidence): string {
  return window === null ? 'no telemetry' : `${window.from} to ${window.to}`
}

const WHAT: PlainColumn<EvidenceRow> = { id: 'label', header: 'What', cell: (row) => row.label }

const frozenColumn = (header: string): PlainColumn<EvidenceRow> => ({
  id: 'frozen',
  header,
  align: 'right',
  cell: (row) => evidenceWords(row, row.frozen),
})

const NOW_COLUMNS: PlainColumn<EvidenceRow>[] = [
  { id: 'now', header: 'Now', align: 'right', cell: (row) => evidenceWords(row, row.now) },
  {
    id: 'change',
    header: 'Change',
    align: 'right',
    cell: (row) => {
      const change = (row.now ?? 0) - (row.frozen ?? 0)
      if (row.frozen === null || row.now === null || change === 0) return <Nothing />
      return <Badge tone="accent">{`${change > 0 ? '+' : '−'}${evidenceWords(row, Math.abs(change))}`}</Badge>
    },
  },
]

const COLUMNS = [WHAT, frozenColumn('Then'), ...NOW_COLUMNS]

const WIDER_COLUMNS: PlainColumn<EvidenceRow>[] = [
  WHAT,
  { id: 'proposed', header: 'Proposed', align: 'right', cell: (row) => evidenceWords(row, row.proposed) },
  frozenColumn('Approved'),
  ...NOW_COLUMNS,
]

const TODAY_COLUMNS: PlainColumn<EvidenceRow>[] = [
  WHAT,
  { id: 'now', header: 'Today', align: 'right', cell: (row) => evidenceWords(row, row.now) },
]

/** Names that the frozen lists did not have; one line where there are none. */
function NewSince({ frozen, now, when }: { frozen: Evidence; now: Evidence; when: FrozenWhen }) {
  const lists = [
    { label: 'Command patterns', frozen: frozen.topPatterns, now: now.topPatterns },
    { label: 'Parents', frozen: frozen.topParents, now: now.topParents, words: parentWords },
    { label: 'Users', frozen: frozen.topUsers, now: now.topUsers },
  ].filter((list) => newSince(list.frozen, list.now).length > 0)
  return (
    <Section title={`New since it was ${when}`}>
      {lists.length === 0 ? (
        <p className="text-muted">
          No command pattern, parent or user among the {MAX_LISTED} most used that was not among them then.
        </p>
      ) : (
        lists.map((list) => <NewUse key={list.label} {...list} />)
      )}
    </Section>
  )
}

type NewUseProps = {
  label: string
  frozen: readonly Listed[]
  now: readonly Listed[]
  words?: (name: string) => string
}

function NewUse({ label, frozen, now, words = String }: NewUseProps) {
  const added = newSince(frozen, now)
  return (
    <div className="mb-2">
      <h3 className="font-medium">{label}</h3>
      <ul>
        {added.map(({ name, executions }) => (
          <li key={name} className="wrap-anywhere">
            <code>
              <InertText text={words(name) || '(no arguments)'} />
            </code>{' '}
            <span className="text-muted">{countOf(executions, 'execution')}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What was used; a host is on itself alone. */
type Used = Omit<Listed, 'hosts'> & { hosts?: number }
type UseProps = { label: string; listed: readonly Used[]; words?: (name: string) => string }

function Use({ label, listed, words = String }: UseProps) {
  const columns: PlainColumn<Used>[] = [
    {
      id: 'name',
      header: label,
      wraps: true,
      cell: ({ name }) => (
        <code>
          <InertText text={words(name) || '(no arguments)'} />
        </code>
      ),
    },
    { id: 'executions', header: 'Executions', align: 'right', cell: (row) => formatNumber(row.executions) },
    ...(listed.some(({ hosts }) => hosts !== undefined)
      ? [
          {
            id: 'hosts',
            header: 'Hosts',
            align: 'right',
            cell: (row) => formatNumber(row.hosts ?? 0),
          } satisfies PlainColumn<Used>,
        ]
      : []),
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

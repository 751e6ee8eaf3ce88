import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Badge, type Tone } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import type { Limit } from '@/lib/pipeline/export/policy/policy'
import type { PolicyDecision } from '@/lib/store/screens/policies'

const KINDS: Readonly<Record<Limit['kind'], { label: string; tone: Tone; hint: string }>> = {
  refused: { label: 'Not possible', tone: 'bad', hint: 'The control cannot carry this decision out' },
  'held-back': {
    label: 'Held back',
    tone: 'bad',
    hint: 'Left out of the policy: it would block what it must not',
  },
  waiting: { label: 'Waiting', tone: 'info', hint: 'Nothing is written yet' },
  'blocks-besides': {
    label: 'Blocks besides',
    tone: 'warn',
    hint: 'Blocked though the decision does not name it',
  },
  'left-out': {
    label: 'Cannot say',
    tone: 'neutral',
    hint: 'Part of the decision that the control does not see',
  },
}
const ORDER = Object.keys(KINDS)

type LimitTableProps = { limits: readonly Limit[]; decisions: ReadonlyMap<number, PolicyDecision> }

/** What a control leaves out of decisions or adds to them, the gravest first. */
export function LimitTable({ limits, decisions }: LimitTableProps) {
  const rows = groupByText(limits)
  const columns: readonly PlainColumn<LimitRow>[] = [
    {
      id: 'kind',
      header: 'Kind',
      cell: ({ kind }) => (
        <Badge tone={KINDS[kind].tone} title={KINDS[kind].hint}>
          {KINDS[kind].label}
        </Badge>
      ),
    },
    { id: 'text', header: 'What', wide: true, cell: ({ text }) => text },
    {
      id: 'decisions',
      header: 'Decisions',
      cell: ({ decisionIds }) => <DecisionLinks ids={decisionIds} decisions={decisions} />,
    },
  ]
  return (
    <PlainTable
      label="limits"
      columns={columns}
      rows={rows}
      rowId={({ kind, text }) => `${kind} ${text}`}
      empty="Nothing: it says all of the decisions."
    />
  )
}

type LimitRow = Pick<Limit, 'kind' | 'text'> & { decisionIds: number[] }

/** The same sentence of several decisions is one row. */
function groupByText(limits: readonly Limit[]): LimitRow[] {
  const rows = new Map<string, LimitRow>()
  for (const { kind, text, decisionId } of limits) {
    const row = rows.get(`${kind} ${text}`) ?? { kind, text, decisionIds: [] }
    row.decisionIds.push(decisionId)
    rows.set(`${kind} ${text}`, row)
  }
  return [...rows.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
}

type DecisionLinksProps = { ids: readonly number[]; decisions: ReadonlyMap<number, PolicyDecision> }

/** Decisions by their binary, each a link. */
export function DecisionLinks({ ids, decisions }: DecisionLinksProps) {
  return (
    <span className="flex flex-wrap gap-x-3">
      {ids.map((id) => (
        <Link key={id} href={`/decisions/${id}`} className="whitespace-nowrap text-accent hover:underline">
          {decisions.get(id)?.binary ?? 'Decision'} ({id})
        </Link>
      ))}
    </span>
  )
}

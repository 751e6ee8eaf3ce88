import { InertText } from '@/components/command-line/inert-text'
import { type PlainColumn, PlainTable } from '@/components/table/plain-table'
import { Link } from '@/components/ui/link'
import { formatNumber } from '@/components/ui/numbers'
import type { AttemptKind, RingWatch } from '@/lib/pipeline/decision/gate'
import { LIVE_STATES } from '@/lib/pipeline/decision/states'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import { ExplainButton } from './explain-button'

type AttemptKindsProps = { decision: DecisionDetail; watch: RingWatch; mayExplain: boolean }

/** What would have been blocked, by parent and user: spared, explained, or waiting for somebody to say why it may be. */
export function AttemptKinds({ decision, watch, mayExplain }: AttemptKindsProps) {
  const columns: PlainColumn<AttemptKind>[] = [
    {
      id: 'parent',
      header: 'Parent',
      cell: (row) =>
        row.parent === null ? (
          <span className="text-muted">not reported</span>
        ) : (
          <code>
            <InertText text={parentWords(row.parent)} />
          </code>
        ),
    },
    {
      id: 'user',
      header: 'User',
      cell: (row) => row.user ?? <span className="text-muted">not reported</span>,
    },
    { id: 'events', header: 'Events', align: 'right', cell: (row) => formatNumber(row.events) },
    { id: 'hosts', header: 'Hosts', align: 'right', cell: (row) => formatNumber(row.hosts) },
    {
      id: 'answer',
      header: 'Answer',
      wide: true,
      cell: (row) => <Answer row={row} decision={decision} mayExplain={mayExplain} />,
    },
  ]
  return (
    <div className="mt-3">
      <h4 className="mb-1 font-medium">Attempts</h4>
      <PlainTable
        label="attempts by parent and user"
        columns={columns}
        rows={watch.kinds}
        rowId={(row) => row.kind}
        empty="No attempts."
        note={
          <>
            {watch.moreKinds > 0 && `${watch.moreKinds} more kinds are not listed. `}
            <Link href={attemptsHref(decision)} className="text-accent hover:underline">
              All attempts
            </Link>
          </>
        }
      />
    </div>
  )
}

/** Attempts belong to the decision that stands on their host now: those of one that is over are found by its binary. */
function attemptsHref({ id, slug, state }: DecisionDetail): string {
  return LIVE_STATES.some((live) => live === state)
    ? `/attempts?decision=${id}`
    : `/attempts?binary=${encodeURIComponent(slug)}`
}

type AnswerProps = { row: AttemptKind; decision: DecisionDetail; mayExplain: boolean }

function Answer({ row, decision, mayExplain }: AnswerProps) {
  if (row.spared) return <>An exception spares it</>
  const explained = decision.explanations.find(({ kind }) => kind === row.kind)
  if (explained !== undefined)
    return (
      <span>
        <bdi>{explained.reason}</bdi> <span className="text-muted">({explained.by})</span>
      </span>
    )
  if (!mayExplain) return <span className="text-muted">nobody explained it yet</span>
  return <ExplainButton id={decision.id} kind={row.kind} />
}

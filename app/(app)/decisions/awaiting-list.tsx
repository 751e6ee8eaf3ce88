import { VerdictBadge } from '@/components/state/state-badge'
import { Badge } from '@/components/ui/badge'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import { batchHref } from '@/lib/pipeline/decision/batch-href'
import { earlierWords, spanWords } from '@/lib/pipeline/decision/evidence'
import { decisionSentence } from '@/lib/pipeline/decision/words'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { type DecisionRow, listDecisions } from '@/lib/store/screens/decisions'
import type { Reader } from './moves-of'

const SHOWN = 6

/** What waits for one answer: a decision, or several that were proposed together. */
type Waiting = { first: DecisionRow; count: number }

/** What awaits somebody, in order of effect; more than this is a list to work through. */
const AWAITING = {
  q: '',
  filters: { awaiting: ['me'] },
  sort: 'effect',
  descending: true,
  page: 1,
  pageSize: 200,
  after: null,
} as const

/** What awaits a manager, in order of effect: each in one sentence with what it would meet, and a way to decide. */
export async function AwaitingList({ actor }: { actor: Reader }) {
  const { rows: decisions, total } = await listDecisions(actor.scope, AWAITING, judgeOf(actor))
  const waiting = together(decisions)
  const shown = waiting.slice(0, SHOWN)
  const more = total - shown.reduce((sum, { count }) => sum + count, 0)
  return (
    <section aria-labelledby="awaiting" className="mb-4 rounded border">
      <h2 id="awaiting" className="border-b bg-surface px-3 py-1.5 font-semibold">
        {total === 0
          ? 'Nothing awaits you'
          : `${countOf(total, 'decision')} ${total === 1 ? 'awaits' : 'await'} you`}
      </h2>
      {total === 0 ? (
        <p className="px-3 py-2 text-muted">
          What others propose comes here, with the evidence to decide on it.
        </p>
      ) : (
        <ol>
          {shown.map(({ first, count }) => (
            <li key={first.id} className="border-b px-3 py-2 last:border-b-0">
              {count > 1 && first.batchId !== null ? (
                <Batch batchId={first.batchId} first={first} count={count} />
              ) : (
                <Single decision={first} />
              )}
            </li>
          ))}
        </ol>
      )}
      {more > 0 && (
        <p className="border-t px-3 py-1.5">
          <Link href="/decisions?awaiting=me" className="text-accent hover:underline">
            {countOf(more, 'more decision')} in order of effect
          </Link>
        </p>
      )}
    </section>
  )
}

function together(decisions: readonly DecisionRow[]): Waiting[] {
  const waiting = new Map<string, Waiting>()
  for (const decision of decisions) {
    const key = decision.batchId ?? String(decision.id)
    const known = waiting.get(key)
    if (known) known.count++
    else waiting.set(key, { first: decision, count: 1 })
  }
  return [...waiting.values()]
}

function Single({ decision }: { decision: DecisionRow }) {
  const { evidence, state, verdict } = decision
  const suggestion = evidence?.suggestion ?? null
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {state === 'emergency' && <Badge tone="bad">In force already</Badge>}
        <Link href={`/decisions/${decision.id}`} className="wrap-anywhere font-medium hover:underline">
          {decisionSentence({ ...decision, exceptions: decision.exceptions.length })}
        </Link>
        {state !== 'emergency' && <VerdictBadge verdict={verdict} />}
      </div>
      <p className="text-muted">
        {effectWords(decision)}
        {suggestion !== null && suggestion.verdict !== verdict && (
          <>
            {' '}
            {suggestion.verdict === null ? (
              'Nothing can be suggested from the numbers.'
            ) : (
              <>
                The numbers suggest: <VerdictBadge verdict={suggestion.verdict} />
              </>
            )}
          </>
        )}
      </p>
      <WhoAsks decision={decision} />
    </>
  )
}

function Batch({ batchId, first, count }: Waiting & { batchId: string }) {
  return (
    <>
      <Link href={batchHref(batchId)} className="wrap-anywhere font-medium hover:underline">
        {countOf(count, 'binary', 'binaries')} proposed together, {first.binary} among them, on {first.where}
      </Link>
      <p className="text-muted">One answer to all of them.</p>
      <WhoAsks decision={first} />
    </>
  )
}

/** Whom it would meet, as known when it was proposed. */
function effectWords({ evidence, verdict, visible }: DecisionRow): string {
  if (evidence === null)
    return visible
      ? 'What was known when it was proposed can no longer be read.'
      : 'It speaks of hosts that you may not see.'
  if (evidence.window === null) return 'There is no telemetry of these hosts: nothing is known of its use.'
  if (evidence.executions === 0)
    return `It was not seen there${spanWords(evidence)}.${earlierWords(evidence)}`
  return `${verdict === 'required' ? 'It ran' : 'It meets use: it ran'} ${countOf(evidence.executions, 'time')} on ${countOf(evidence.hosts, 'host')} by ${countOf(evidence.users, 'user')}.`
}

function WhoAsks({
  decision: { proposedBy, proposedAt, justification, awaitsMe, awaitsOthers },
}: {
  decision: DecisionRow
}) {
  return (
    <p className="wrap-anywhere text-muted">
      {proposedBy}, <RelativeTime at={proposedAt} />: “<bdi>{justification.slice(0, 160)}</bdi>”
      {awaitsOthers.length > 0 && ` You stand in for ${awaitsOthers.join(', ')}.`}
      {!awaitsMe && ' You cannot decide on it yourself.'}
    </p>
  )
}

import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { batchHref } from '@/lib/pipeline/decision/batch-href'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { BatchActions } from './batch-actions'
import { movesOf, type Reader } from './moves-of'

type BatchBarProps = {
  batchId: string
  decisions: readonly DecisionRow[]
  actor: Reader
  /** Decisions of the batch, shown on this page or not. */
  total: number
}

/** Above the decisions that were proposed as one: what they ask for, and one answer to all of them. */
export function BatchBar({ batchId, decisions, actor, total }: BatchBarProps) {
  const [first] = decisions
  const waiting = decisions.filter(({ state }) => state === 'proposed')
  if (first === undefined) return null
  const mayJudge =
    waiting.length > 0 &&
    waiting.every((one) => movesOf(actor, one).includes('approve')) &&
    decisions.length === total
  return (
    <section aria-label="Proposed together" className="mb-4 rounded border p-3">
      <h2 className="font-semibold">
        {countOf(total, 'binary', 'binaries')} proposed together by {first.proposedBy}
      </h2>
      <p className="wrap-anywhere whitespace-pre-wrap">{first.justification}</p>
      <p className="text-muted">
        {waiting.length === 0
          ? 'None of them waits any more.'
          : `${countOf(waiting.length, 'decision waits', 'decisions wait')}. None of these binaries ran on a host that would have shown it; the evidence of each is on its page.`}
      </p>
      {mayJudge && (
        <div className="mt-2">
          <BatchActions batchId={batchId} items={waiting.map(({ id, version }) => ({ id, version }))} />
        </div>
      )}
      {waiting.length > 0 && decisions.length < total && (
        <p className="mt-1 text-muted">Show more rows on a page to answer all of them at once.</p>
      )}
    </section>
  )
}

/** Above all decisions: what of them was proposed as one and can be answered as one. */
export function BatchLinks({ decisions }: { decisions: readonly DecisionRow[] }) {
  const first = new Map(
    decisions.flatMap((one) =>
      one.batchId !== null && one.state === 'proposed' ? [[one.batchId, one] as const] : [],
    ),
  )
  if (first.size === 0) return null
  return (
    <ul className="mb-3">
      {[...first].map(([batchId, { proposedBy, justification }]) => (
        <li key={batchId} className="wrap-anywhere">
          {proposedBy} proposed some of these together: “<bdi>{justification.slice(0, 120)}</bdi>”.{' '}
          <Link href={batchHref(batchId)} className="text-accent hover:underline">
            Answer them as one
          </Link>
        </li>
      ))}
    </ul>
  )
}

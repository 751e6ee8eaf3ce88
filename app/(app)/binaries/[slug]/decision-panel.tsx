import Link from 'next/link'
import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import { countOf } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { DecisionActions } from '../../decisions/decision-actions'
import { movesOf } from '../../decisions/moves-of'
import { ProposalForm } from './proposal-form'

type DecisionPanelProps = {
  entry: BinaryHeader
  /** Newest first. */
  decisions: readonly DecisionRow[]
  actor: Extract<Actor, { kind: 'account' }>
}

/** What was decided on a binary, what waits, and the form that proposes a verdict. */
export function DecisionPanel({ entry, decisions, actor }: DecisionPanelProps) {
  const waiting = decisions.filter(({ state }) => state === 'proposed')
  const standing = decisions.filter(({ state }) => state === 'approved')
  const past = decisions.filter(({ state }) => !['proposed', 'approved'].includes(state))
  return (
    <aside aria-label="Decision" className="mb-8 h-fit rounded border p-3">
      <h2 className="mb-2 font-semibold text-heading">Decision</h2>
      {waiting.length + standing.length === 0 && (
        <p className="mb-3 text-muted">
          Nobody has decided on {entry.name} yet: whether normal work here needs it, or it can be blocked.
        </p>
      )}
      <div className="space-y-3">
        {[...waiting, ...standing].map((decision) => (
          <Current key={decision.id} decision={decision} actor={actor} />
        ))}
      </div>
      {actorMay(actor, 'propose') && waiting.length === 0 && (
        <ProposalForm slug={entry.slug} again={standing.length > 0} />
      )}
      {past.length > 0 && <History decisions={past} />}
    </aside>
  )
}

function Current({ decision, actor }: { decision: DecisionRow; actor: DecisionPanelProps['actor'] }) {
  const { evidence } = decision
  return (
    <article className="space-y-1.5">
      <div className="flex flex-wrap gap-1">
        <VerdictBadge verdict={decision.verdict} />
        <DecisionBadge state={decision.state} />
      </div>
      <p className="wrap-anywhere whitespace-pre-wrap">{decision.justification}</p>
      <p className="text-muted">
        Proposed by {decision.proposedBy} <RelativeTime at={decision.proposedAt} />
        {evidence !== null && (
          <>
            {' '}
            on {countOf(evidence.executions, 'execution')} on {countOf(evidence.hosts, 'host')}
          </>
        )}
        .
      </p>
      {decision.decidedBy !== null && <Judged decision={decision} />}
      <p>
        <Link href={`/decisions/${decision.id}`} className="text-accent hover:underline">
          Evidence then and now
        </Link>
      </p>
      <DecisionActions id={decision.id} version={decision.version} moves={movesOf(actor, decision)} />
    </article>
  )
}

function Judged({ decision }: { decision: DecisionRow }) {
  return (
    <p className="wrap-anywhere text-muted">
      {decision.state} by {decision.decidedBy} <RelativeTime at={decision.decidedAt} />
      {decision.comment !== null && `: ${decision.comment}`}
    </p>
  )
}

function History({ decisions }: { decisions: readonly DecisionRow[] }) {
  return (
    <details className="mt-3 border-t pt-2">
      <summary className="cursor-pointer">{countOf(decisions.length, 'earlier decision')}</summary>
      <ul className="mt-2 space-y-2">
        {decisions.map((decision) => (
          <li key={decision.id} className="flex flex-wrap items-center gap-1">
            <Link
              href={`/decisions/${decision.id}`}
              className="flex gap-1 hover:underline"
              aria-label={`Decision ${decision.id}`}
            >
              <VerdictBadge verdict={decision.verdict} />
              <DecisionBadge state={decision.state} />
            </Link>
            <span className="text-muted">
              by {decision.proposedBy} <RelativeTime at={decision.proposedAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

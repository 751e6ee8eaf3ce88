import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import { LinkButton } from '@/components/ui/button'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { RelativeTime } from '@/components/ui/time'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'
import { isFinal } from '@/lib/pipeline/decision/states'
import { decisionSentence } from '@/lib/pipeline/decision/words'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'
import type { DecisionRow } from '@/lib/store/screens/decisions'
import { knownWords } from '../../decisions/[id]/decision-words'
import { EmergencyButton } from './emergency-button'

type DecisionPanelProps = {
  entry: BinaryHeader
  /** Newest first. */
  decisions: readonly DecisionRow[]
  actor: Extract<Actor, { kind: 'account' }>
}

/** What was decided on a binary, what waits, and how to begin a decision. */
export function DecisionPanel({ entry, decisions, actor }: DecisionPanelProps) {
  const open = decisions.filter(({ state }) => !isFinal(state))
  const past = decisions.filter(({ state }) => isFinal(state))
  return (
    <aside aria-label="Decision" className="mb-8 h-fit rounded border p-3">
      <h2 className="mb-2 font-semibold text-heading">Decision</h2>
      {open.every(({ state }) => state === 'draft') && <Undecided entry={entry} past={past.length} />}
      <div className="space-y-3">
        {open.map((decision) => (
          <Current key={decision.id} decision={decision} />
        ))}
      </div>
      {actorMay(actor, 'propose') && (
        <div className="mt-3 flex flex-wrap gap-2 border-t pt-3">
          <LinkButton
            variant={open.length === 0 ? 'primary' : 'secondary'}
            href={`/decisions/new?binary=${encodeURIComponent(entry.slug)}`}
          >
            {open.length === 0 ? 'Decide on it…' : 'Another decision…'}
          </LinkButton>
          <EmergencyButton slug={entry.slug} name={entry.name} mayFleet={actor.scope.kind === 'all'} />
        </div>
      )}
      {past.length > 0 && <History decisions={past} />}
    </aside>
  )
}

function Undecided({ entry: { name, slug }, past }: { entry: BinaryHeader; past: number }) {
  if (past === 0)
    return (
      <p className="mb-3 text-muted">
        Nobody has decided on {name} yet: whether normal work here needs it, or it can be blocked.
      </p>
    )
  return (
    <p className="mb-3 text-muted">
      No decision on {name} stands:{' '}
      <Link href={`/decisions?binary=${encodeURIComponent(slug)}`} className="text-accent hover:underline">
        {past === 1 ? 'the earlier one' : `the ${formatNumber(past)} earlier ones`}
      </Link>{' '}
      {past === 1 ? 'is' : 'are'} over.
    </p>
  )
}

function Current({ decision }: { decision: DecisionRow }) {
  const { proposedEvidence, verdict } = decision
  return (
    <article className="space-y-1.5">
      <div className="flex flex-wrap gap-1">
        <VerdictBadge verdict={decision.verdict} />
        <DecisionBadge state={decision.state} />
      </div>
      <p>
        <Link href={`/decisions/${decision.id}`} className="text-accent hover:underline">
          {decisionSentence({ ...decision, exceptions: decision.exceptions.length })}
        </Link>
      </p>
      {decision.alarms
        .filter(({ grave }) => grave)
        .map(({ words }) => (
          <p key={words} className="text-bad">
            {words}
          </p>
        ))}
      <p className="wrap-anywhere whitespace-pre-wrap">{decision.justification}</p>
      <p className="text-muted">
        {decision.state === 'draft' || decision.state === 'audit' ? 'Begun' : 'Proposed'} by{' '}
        {decision.proposedBy} <RelativeTime at={decision.proposedAt} />
        {proposedEvidence !== null && ` ${knownWords(proposedEvidence, verdict)}`}.
      </p>
      {decision.decidedBy !== null && <Judged decision={decision} />}
    </article>
  )
}

function Judged({ decision }: { decision: DecisionRow }) {
  const { evidence, proposedScope, verdict } = decision
  return (
    <p className="wrap-anywhere text-muted">
      Approved by {decision.decidedBy} <RelativeTime at={decision.decidedAt} />
      {proposedScope !== null && ' for fewer hosts'}
      {proposedScope !== null && evidence !== null && `, ${knownWords(evidence, verdict)}`}
      {decision.comment !== null && `: ${decision.comment}`}
    </p>
  )
}

function History({ decisions }: { decisions: readonly DecisionRow[] }) {
  return (
    <Details className="mt-3 border-t pt-2">
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
    </Details>
  )
}

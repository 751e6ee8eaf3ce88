import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { DecisionBadge, VerdictBadge } from '@/components/state/state-badge'
import { LinkButton } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { PageHeader, Section } from '@/components/ui/page-header'
import { TableSkeleton } from '@/components/ui/skeleton'
import { requireActor } from '@/lib/access/current-actor'
import { earlierWords, spanWords } from '@/lib/pipeline/decision/evidence'
import { decisionSentence, type SentenceInput, VERDICT_WORDS } from '@/lib/pipeline/decision/words'
import { judgeOf } from '@/lib/store/screens/decision/awaiting'
import { type DecisionDetail, loadDecision } from '@/lib/store/screens/decision/detail'
import { listLeftOut, listNarrowable, type Narrowable } from '@/lib/store/screens/decision/narrowed'
import { RefreshWhile } from '../../imports/refresh-while'
import { DecisionActions } from '../decision-actions'
import { movesOf, type OfferedMove, type Reader } from '../moves-of'
import { EvidenceComparison } from './evidence-comparison'
import { exceptionNames } from './exception-names'
import { ExceptionTable } from './exception-table'
import { HistoryList } from './history-list'
import { Interruption } from './interruption'
import { Notices } from './notices'
import { Rollout } from './rollout'
import { Suggestions } from './suggestions'
import { TermsList } from './terms-list'

const COLUMNS = 'grid gap-x-8 xl:grid-cols-[minmax(0,1fr)_22rem]'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Decision ${(await params).id}` }
}

export default async function DecisionPage({ params }: Props) {
  const actor = await requireActor()
  const { id } = await params
  const decision = /^\d{1,9}$/.test(id) ? await loadDecision(actor.scope, Number(id), judgeOf(actor)) : null
  if (!decision) notFound()
  const moves = movesOf(actor, decision)
  const { scope, proposedScope } = decision
  const [names, narrowable, leftOut] = await Promise.all([
    exceptionNames(actor.scope, decision.exceptions),
    moves.includes('approve') ? listNarrowable(actor.scope, decision) : null,
    proposedScope === null ? [] : listLeftOut(actor.scope, proposedScope, scope),
  ])
  return (
    <>
      <PageHeader
        title={
          <>
            {`Decision ${decision.id} on `}
            <Link href={`/binaries/${encodeURIComponent(decision.slug)}`} className="hover:underline">
              {decision.binary}
            </Link>
          </>
        }
        name={`Decision ${decision.id} on ${decision.binary}`}
        badges={
          <>
            <VerdictBadge verdict={decision.verdict} />
            <DecisionBadge state={decision.state} />
          </>
        }
        actions={<Actions decision={decision} actor={actor} moves={moves} narrowable={narrowable} />}
      />
      <p className="mb-4 max-w-[90ch] text-heading">{decisionSentence(sentenceOf(decision))}.</p>
      <Notices decision={decision} />
      {/* a ring that was just begun: the worker looks at its hosts within half a minute */}
      <RefreshWhile
        moving={decision.rings.some(
          ({ state, watchedAt }) => (state === 'audit' || state === 'enforced') && watchedAt === null,
        )}
      />
      {/* what is asked, whom it meets and what the numbers suggest: to decide on one screen */}
      <div className={COLUMNS}>
        <div className="min-w-0">
          <Section title="Proposal">
            <TermsList decision={decision} leftOut={leftOut} />
          </Section>
          {decision.exceptions.length > 0 && (
            <Section title="Exceptions" description="What the block spares, and why.">
              <ExceptionTable exceptions={decision.exceptions} names={names} />
            </Section>
          )}
          <Suspense
            fallback={
              <Section title="What it would interrupt">
                <TableSkeleton rows={4} />
              </Section>
            }
          >
            <Interruption decision={decision} scope={actor.scope} />
          </Suspense>
        </div>
        <aside aria-label="Suggestion" className="h-fit">
          <Suggestions decision={decision} />
        </aside>
      </div>
      <div className={COLUMNS}>
        <div className="min-w-0">
          {hasRollout(decision) && <Rollout decision={decision} actor={actor} />}
          <EvidenceComparison decision={decision} />
        </div>
        <aside aria-label="History" className="h-fit">
          <Section title="History">
            <HistoryList changes={decision.history} />
          </Section>
        </aside>
      </div>
    </>
  )
}

/** What keeps a binary allowed is brought to no host, nor is what was turned down before it got to one. */
function hasRollout({ verdict, state, rings }: DecisionDetail): boolean {
  if (verdict === 'required') return false
  const turnedDown = state === 'rejected' || state === 'withdrawn'
  return !turnedDown || rings.some((ring) => ring.state !== 'waiting')
}

type ActionsProps = {
  decision: DecisionDetail
  actor: Reader
  moves: readonly OfferedMove[]
  narrowable: Narrowable | null
}

function Actions({ decision, actor, moves, narrowable }: ActionsProps) {
  const isMine = decision.proposedById === actor.accountId
  return (
    <>
      {decision.state === 'draft' && isMine && (
        <LinkButton href={`/decisions/${decision.id}/edit`}>Edit</LinkButton>
      )}
      {decision.state !== 'draft' && (
        <>
          <LinkButton variant="quiet" href={`/decisions/${decision.id}/summary`} target="_blank">
            Summary to print
          </LinkButton>
          <LinkButton variant="quiet" href={`/reports/decision?decision=${decision.id}`}>
            Dossier
          </LinkButton>
        </>
      )}
      {['approved', 'enforced', 'expired'].includes(decision.state) && actor.role !== 'viewer' && (
        <LinkButton href={`/decisions/new?binary=${encodeURIComponent(decision.slug)}&renews=${decision.id}`}>
          Renew
        </LinkButton>
      )}
      <DecisionActions
        id={decision.id}
        version={decision.version}
        moves={moves}
        narrowable={narrowable}
        changes={decision.changes}
        summary={summaryOf(decision)}
        sentence={sentenceOf(decision)}
        expiresOn={decision.expiresOn}
      />
    </>
  )
}

/** What a sentence about it needs, and no more: it goes to the browser. */
function sentenceOf({ binary, verdict, effect, control, where, exceptions }: DecisionDetail): SentenceInput {
  return { binary, verdict, effect, control, where, exceptions: exceptions.length }
}

/** What an approval lets happen, the use that it was proposed on, and what the numbers suggest where that is something else. */
function summaryOf(decision: DecisionDetail): string {
  const sentence = `${decisionSentence(sentenceOf(decision))}.`
  const { evidence, now, verdict } = decision
  const suggested = now?.suggestion?.verdict ?? verdict
  const other =
    verdict === 'emergency' || suggested === verdict
      ? ''
      : ` The numbers suggest: ${VERDICT_WORDS[suggested].label}.`
  if (evidence === null || verdict === 'required') return `${sentence}${other}`
  const seen =
    evidence.executions === 0
      ? `It was not seen there${spanWords(evidence)}, when this was proposed.`
      : `It ran ${countOf(evidence.executions, 'time')} on ${countOf(evidence.hosts, 'host')} there${spanWords(evidence)}, when this was proposed.`
  return `${sentence} ${seen}${earlierWords(evidence)}${other}`
}

import { Info, ShieldAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { Timestamp } from '@/components/ui/time'
import { batchHref } from '@/lib/pipeline/decision/batch-href'
import type { DecisionDetail } from '@/lib/store/screens/decision/detail'
import type { Approval } from '@/lib/store/screens/decisions'
import { draftProblems } from '../draft-form/initial-values'
import { DecisionLink } from './decision-link'

type Notice = { key: string; tone: 'bad' | 'warn' | 'plain'; text: ReactNode }

/** What has to be known before anything else on the page: what does not hold, what changed, what is due. */
export function Notices({ decision }: { decision: DecisionDetail }) {
  const notices = noticesOf(decision)
  if (notices.length === 0) return null
  return (
    <ul aria-label="What to know first" className="mb-6 max-w-[110ch] space-y-1.5">
      {notices.map(({ key, tone, text }) => (
        <li key={key} className="flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
          {tone === 'bad' ? (
            <ShieldAlert aria-hidden className="text-bad" />
          ) : tone === 'warn' ? (
            <TriangleAlert aria-hidden className="text-warn" />
          ) : (
            <Info aria-hidden className="text-muted" />
          )}
          <span className="wrap-anywhere min-w-0">{text}</span>
        </li>
      ))}
    </ul>
  )
}

function noticesOf(decision: DecisionDetail): Notice[] {
  return [
    ...stateNotices(decision),
    ...successionNotices(decision),
    ...approvalNotices(decision),
    ...evidenceNotices(decision),
  ]
}

/** Which of two decisions on the same hosts holds until when. */
function successionNotices({ takesPlaceOf, placeTakenBy }: DecisionDetail): Notice[] {
  return [
    ...takesPlaceOf.map(
      (id): Notice => ({
        key: `before ${id}`,
        tone: 'plain',
        text: (
          <>
            <DecisionLink id={id} /> stays in force beside it until every ring here is enforced.
          </>
        ),
      }),
    ),
    ...placeTakenBy.map(
      (id): Notice => ({
        key: `after ${id}`,
        tone: 'plain',
        text: (
          <>
            <DecisionLink id={id} /> was approved in its place. This one stays in force until every ring there
            is enforced.
          </>
        ),
      }),
    ),
  ]
}

function stateNotices({ state, lapsesAt, alarms, due, authorGone, proposedBy }: DecisionDetail): Notice[] {
  const notices: Notice[] = alarms.map(({ key, grave, words }) => ({
    key: `${key} ${words}`,
    tone: grave ? 'bad' : 'warn',
    text: words,
  }))
  if (state === 'emergency')
    notices.unshift({
      key: 'emergency',
      tone: 'bad',
      text: (
        <>
          {proposedBy} blocks it in an emergency, before anybody approved it. It lapses{' '}
          <Timestamp at={lapsesAt} /> unless a manager approves it.
        </>
      ),
    })
  else
    notices.push(
      ...due.map(({ kind, words }): Notice => ({ key: `${kind} ${words}`, tone: 'warn', text: `${words}.` })),
    )
  if (authorGone && ['draft', 'audit', 'proposed', 'emergency'].includes(state))
    notices.push({
      key: 'author',
      tone: 'warn',
      text: `${proposedBy} can no longer sign in: nobody can withdraw it, a manager can still decide.`,
    })
  return notices
}

function evidenceNotices({ changes, concerns, state }: DecisionDetail): Notice[] {
  const stands = state === 'approved' || state === 'enforced'
  return [
    ...changes.map(
      ({ key, words }): Notice => ({
        key: `change ${key}`,
        tone: 'warn',
        text: `${stands ? 'Another look is asked for' : 'Changed since it was proposed'}: ${words}`,
      }),
    ),
    ...concerns.map(
      ({ key, words }): Notice => ({
        key: `concern ${key}`,
        tone: key === 'blind' ? 'plain' : 'warn',
        text: words,
      }),
    ),
  ]
}

function approvalNotices(decision: DecisionDetail): Notice[] {
  const { state, batchId } = decision
  const notices: Notice[] = []
  if (state === 'draft')
    notices.push(
      ...draftProblems(decision).map(
        (text): Notice => ({ key: text, tone: 'plain', text: `Before it is proposed: ${text}` }),
      ),
    )
  if (state === 'proposed' || state === 'emergency') notices.push(...waitingNotices(decision))
  if (batchId !== null)
    notices.push({
      key: 'batch',
      tone: 'plain',
      text: (
        <>
          It was proposed together with others.{' '}
          <Link href={batchHref(batchId)} className="text-accent hover:underline">
            Look at all of them
          </Link>
        </>
      ),
    })
  return notices
}

/** Whose yes it has, whose it lacks, and for whom the reader stands in. */
function waitingNotices({ approvals, approvalsNeeded, awaitsMe, awaitsOthers }: DecisionDetail): Notice[] {
  const counting = approvals.filter(({ counts }) => counts)
  const lost = approvals.filter(({ counts }) => !counts)
  const notices: Notice[] = []
  if (approvalsNeeded > 1 || counting.length > 0)
    notices.push({ key: 'two', tone: 'plain', text: secondApproval(counting, approvalsNeeded) })
  if (lost.length > 0)
    notices.push({
      key: 'lost',
      tone: 'warn',
      text: `${namesOf(lost)} approved it and may no longer decide: that approval does not count.`,
    })
  if (awaitsOthers.length > 0)
    notices.push({
      key: 'stand-in',
      tone: 'plain',
      text: `You stand in for ${awaitsOthers.join(', ')}, whom it awaits.${awaitsMe ? '' : ' You cannot decide on it yourself: you proposed it, approved it already, or do not see all of its hosts.'}`,
    })
  return notices
}

function secondApproval(counting: readonly Approval[], needed: number): string {
  if (counting.length === 0)
    return 'It concerns more than half of all hosts: two managers have to approve it.'
  return counting.length < needed
    ? `Approved by ${namesOf(counting)}: a second manager has to approve it too.`
    : `Approved by ${namesOf(counting)}: no second approval is asked for any longer, and any manager concludes it.`
}

function namesOf(approvals: readonly Approval[]): string {
  return approvals.map(({ name }) => name).join(', ')
}

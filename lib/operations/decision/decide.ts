import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type Evidence, readEvidence } from '@/lib/pipeline/decision/evidence'
import { materialChanges } from '@/lib/pipeline/decision/evidence-change'
import { DecisionScopeSchema, day } from '@/lib/pipeline/decision/schemas'
import { type DecisionState, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { approvalsNeeded, problemOfLastDay } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import type { AuditSubject } from '@/lib/store/audit'
import {
  type DecisionWithRings,
  listPrincipals,
  lockDeciders,
  moveDecision,
  type StoredDecision,
  toDay,
} from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { keepRings } from '@/lib/store/rings'
import { readDecisionSettings } from '@/lib/store/screens/decision/form'
import { concernsFleet } from '@/lib/store/screens/decision/sight'
import { auditedAll } from '../audited'
import { checked } from '../checked'
import { evidenceFor } from './evidence-for'
import { type Narrowed, narrowedRollout, readNarrowed } from './narrow'
import { Comment, DecisionTarget, getForMove, MOVED_ON, requireMovable, requirePerson } from './person'
import { supersededBy, supersedeOthers } from './supersede'

const Judgement = z.discriminatedUnion('move', [
  DecisionTarget.extend({
    move: z.literal('approve'),
    comment: Comment,
    /** Keys of the material changes of the evidence that the manager was shown. */
    seen: z.array(z.string().max(100)).max(50).default([]),
    /** Ends it earlier than it was proposed to; null = as proposed. */
    lastDay: day.nullable().default(null),
    /** Lets it hold in fewer places than it was proposed for; null = as proposed. */
    scope: DecisionScopeSchema.nullable().default(null),
  }),
  DecisionTarget.extend({ move: z.literal('reject'), comment: Comment.min(1, 'Say why you reject it.') }),
])
/** `version`: of the decision as the manager read it. */
export type Judgement = z.input<typeof Judgement>
export type CheckedJudgement = z.output<typeof Judgement>

/**
 * A manager approves or rejects what somebody else proposed, or blocked in an emergency. An approval may end it earlier than proposed and let it hold in
 * fewer places, and supersedes what stood for the same hosts; what is enforced there goes on until its successor is.
 * Where two approvals are asked for, the first one is kept and the decision goes on waiting.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it, or its evidence, is no longer as it was read
 */
export async function decide(actor: Actor, submitted: Judgement): Promise<void> {
  const person = requirePerson(actor, 'decide')
  const judgement = checked(Judgement, submitted)
  await requireMovable(person, judgement, judgement.move)
  const scope = judgement.move === 'approve' ? judgement.scope : null
  const [{ evidence }, narrowed] = await Promise.all([
    evidenceFor(judgement.id),
    scope === null ? null : readNarrowed(judgement.id, scope),
  ])
  const { twoForFleet } = await readDecisionSettings()
  const ofFleet = twoForFleet && (await concernsFleet(judgement.id))
  await auditedAll(actor, async (tx) => ({
    result: undefined,
    subjects: await judge(tx, person, judgement, { today: evidence, narrowed, ofFleet, twoForFleet }),
  }))
}

/** `narrowed`: what an approval leaves of it; null = all. `ofFleet` and `twoForFleet`: as approvalsNeeded has them. `batchId`: it is judged with others. */
export type JudgedOn = {
  today: Evidence
  narrowed: Narrowed | null
  ofFleet: boolean
  twoForFleet: boolean
  batchId?: string
}

/** One judgement within a transaction; answers its audit rows: its own first, then of what it superseded. */
export async function judge(
  tx: PrismaTransaction,
  person: AccountActor,
  judgement: CheckedJudgement,
  { today, narrowed, ofFleet, twoForFleet, batchId }: JudgedOn,
): Promise<AuditSubject[]> {
  const decision = await getForMove(tx, person, judgement.id, judgement.move)
  const standsInFor = await listPrincipals(tx, person.accountId, now())
  const next = nextState(decision.state as DecisionState, judgement.move, decision.verdict as Verdict)
  if (decision.version !== judgement.version) throw new ExpectedError('conflict', MOVED_ON)
  let rollout: NarrowedRollout | null = null
  if (judgement.move === 'approve') {
    rollout = requireApprovable(decision, judgement, today, narrowed)
    const asked = { ofFleet, twoForFleet, comment: judgement.comment, isNarrowed: narrowed !== null }
    if (await isFirstOfTwo(tx, person, decision, asked)) {
      await move(tx, decision, decision.state as DecisionState, ending(judgement))
      return [
        subjectOf(judgement, 'decision-approved-first', {
          evidence: figures(today),
          ...forWhom(standsInFor),
          ...said(decision, judgement),
        }),
      ]
    }
  }
  await move(tx, decision, standingState(decision, next), {
    decidedById: person.accountId,
    decidedAt: now(),
    comment: judgement.comment || null,
    decidedEvidence: narrowed?.evidence ?? today,
    ...ending(judgement),
    ...holding(decision, narrowed),
  })
  const lost = narrowed && rollout ? await narrowRings(tx, decision.id, narrowed, rollout) : {}
  const superseded = judgement.move === 'approve' ? await supersedeOthers(tx, decision.id) : []
  const own = subjectOf(judgement, judgement.move === 'approve' ? 'decision-approved' : 'decision-rejected', {
    evidence: figures(narrowed?.evidence ?? today),
    ...holding(decision, narrowed),
    ...lost,
    ...(batchId !== undefined && { batch: batchId }),
    ...forWhom(standsInFor),
    ...(superseded.length > 0 && { supersedes: superseded }),
    ...(judgement.move === 'approve' && judgement.seen.length > 0 && { changesSeen: judgement.seen }),
    ...said(decision, judgement),
  })
  return [own, ...supersededBy(superseded, decision.id)]
}

/** What a narrowing leaves of the rollout; null = all. @throws ExpectedError 'invalid-input' or 'conflict' where this approval does not fit what was proposed, or what is known */
function requireApprovable(
  decision: DecisionWithRings,
  { seen, lastDay }: Extract<CheckedJudgement, { move: 'approve' }>,
  today: Evidence,
  narrowed: Narrowed | null,
): NarrowedRollout | null {
  requireSeen(decision, today, seen)
  requireLastDay(decision, lastDay)
  return narrowed && narrowedRollout(decision, narrowed)
}

/** @throws ExpectedError 'invalid-input' where an approval would not shorten it */
function requireLastDay({ expiresOn }: StoredDecision, lastDay: string | null): void {
  const problem = lastDay === null ? null : problemOfLastDay(lastDay, toDay(expiresOn), toDay(now()) ?? '')
  if (problem !== null) throw new ExpectedError('invalid-input', problem)
}

function lastDayOf(judgement: CheckedJudgement): string | null {
  return judgement.move === 'approve' ? judgement.lastDay : null
}

function ending(judgement: CheckedJudgement): { expiresOn?: Date } {
  const lastDay = lastDayOf(judgement)
  return lastDay === null ? {} : { expiresOn: new Date(lastDay) }
}

type NarrowedRollout = ReturnType<typeof narrowedRollout>

const NARROWED_LAST = 'Two managers approve this: it is narrowed with the second approval.'

/** As columns, and as the audit log has it. */
function holding(
  { scope }: StoredDecision,
  narrowed: Narrowed | null,
): { scope?: DecisionScope; proposedScope?: DecisionScope } {
  return narrowed === null ? {} : { scope: narrowed.scope, proposedScope: scope as DecisionScope }
}

/** Drops the rings that a narrowing leaves no host; answers what it took away, for the audit log. */
async function narrowRings(
  tx: PrismaTransaction,
  id: number,
  { leftOut }: Narrowed,
  { left, emptied }: NarrowedRollout,
): Promise<{ readonly [key: string]: Json }> {
  await keepRings(tx, id, left)
  const ringsDropped = emptied.map(({ name }) => name)
  return { leftOut, ...(ringsDropped.length > 0 && { ringsDropped }) }
}

function said({ expiresOn }: StoredDecision, judgement: CheckedJudgement): { readonly [key: string]: Json } {
  const lastDay = lastDayOf(judgement)
  return lastDay === null ? {} : { lastDay, proposedLastDay: toDay(expiresOn) }
}

/** An emergency block that was taken back before its approval stands, and is in force nowhere. */
function standingState({ rings, verdict }: DecisionWithRings, next: DecisionState): DecisionState {
  const isEnforced = rings.some(({ state }) => state === 'enforced')
  return next === 'enforced' && !isEnforced ? nextState(next, 'roll-back', verdict as Verdict) : next
}

/** On record: a year later, somebody asks why this manager decided. */
function forWhom(standsInFor: readonly string[]): { readonly [key: string]: Json } {
  return standsInFor.length === 0 ? {} : { standingInFor: [...standsInFor] }
}

function subjectOf(
  { id, comment }: CheckedJudgement,
  action: string,
  detail: { readonly [key: string]: Json },
): AuditSubject {
  return { action, subjectKind: 'decision', subjectId: String(id), detail: { comment, ...detail } }
}

/** The numbers that were on the manager's screen. */
function figures({ window, executions, hosts, maliciousDeviations }: Evidence): Json {
  return { window, executions, hosts, maliciousDeviations }
}

async function move(
  tx: PrismaTransaction,
  decision: StoredDecision,
  to: DecisionState,
  change: Parameters<typeof moveDecision>[3],
): Promise<void> {
  if (!(await moveDecision(tx, decision, to, change))) throw new ExpectedError('conflict', MOVED_ON)
}

/** Evidence that changed materially has to be looked at as it is now. */
function requireSeen(decision: StoredDecision, today: Evidence, seen: readonly string[]): void {
  const changes = materialChanges(readEvidence(decision.evidence), today, decision.verdict as Verdict)
  const unseen = changes.filter(({ key }) => !seen.includes(key))
  if (unseen.length > 0)
    throw new ExpectedError(
      'conflict',
      `The evidence changed since it was proposed; look at it as it is now. ${unseen.map(({ words }) => words).join(' ')}`,
    )
}

type Approving = { ofFleet: boolean; twoForFleet: boolean; comment: string; isNarrowed: boolean }

/**
 * Keeps an approval, and answers whether it is the first of two. Nobody approves twice, and the yes of somebody who may no longer decide counts
 * for nothing.
 */
async function isFirstOfTwo(
  tx: PrismaTransaction,
  person: AccountActor,
  decision: DecisionWithRings,
  { ofFleet, twoForFleet, comment, isNarrowed }: Approving,
): Promise<boolean> {
  const needed = approvalsNeeded({ verdict: decision.verdict as Verdict, ofFleet }, twoForFleet)
  const others = decision.approvals.map(({ accountId }) => accountId).filter((id) => id !== person.accountId)
  const given = 1 + (needed > 1 ? await lockDeciders(tx, others) : new Set()).size
  const isAgain = others.length < decision.approvals.length
  if (isNarrowed && given < needed) throw new ExpectedError('invalid-input', NARROWED_LAST)
  if (isAgain && given < needed)
    throw new ExpectedError('conflict', 'You approved this already: it waits for a second manager.')
  const said = { at: now(), comment: comment || null }
  await tx.decisionApproval.upsert({
    where: { decisionId_accountId: { decisionId: decision.id, accountId: person.accountId } },
    create: { decisionId: decision.id, accountId: person.accountId, ...said },
    update: said,
  })
  return given < needed
}

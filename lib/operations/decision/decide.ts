import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { Json } from '@/lib/pipeline/decision/audit-content'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { type Evidence, readEvidence } from '@/lib/pipeline/decision/evidence'
import { materialChanges } from '@/lib/pipeline/decision/evidence-change'
import { covers } from '@/lib/pipeline/decision/scope'
import { type DecisionState, nextState, STANDING_STATES, type Verdict } from '@/lib/pipeline/decision/states'
import { approvalsNeeded } from '@/lib/pipeline/decision/terms'
import type { AccountActor } from '@/lib/store/accounts'
import type { AuditSubject } from '@/lib/store/audit'
import {
  type DecisionWithRings,
  listPrincipals,
  lockDeciders,
  moveDecision,
  type StoredDecision,
  termsOf,
} from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { readDecisionSettings } from '@/lib/store/screens/decision/form'
import { auditedAll } from '../audited'
import { checked } from '../checked'
import { evidenceFor } from './evidence-for'
import { Comment, DecisionTarget, getForMove, MOVED_ON, requirePerson } from './person'

const Judgement = z.discriminatedUnion('move', [
  DecisionTarget.extend({
    move: z.literal('approve'),
    comment: Comment,
    /** Keys of the material changes of the evidence that the manager was shown. */
    seen: z.array(z.string().max(100)).max(50).default([]),
  }),
  DecisionTarget.extend({ move: z.literal('reject'), comment: Comment.min(1, 'Say why you reject it.') }),
])
/** `version`: of the decision as the manager read it. */
export type Judgement = z.input<typeof Judgement>
export type CheckedJudgement = z.output<typeof Judgement>

/**
 * A manager approves or rejects what somebody else proposed, or blocked in an emergency. An approval supersedes what stood for the same hosts.
 * Where two approvals are asked for, the first one is kept and the decision goes on waiting.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when it, or its evidence, is no longer as it was read
 */
export async function decide(actor: Actor, submitted: Judgement): Promise<void> {
  const person = requirePerson(actor, 'decide')
  const judgement = checked(Judgement, submitted)
  const { evidence } = await evidenceFor(judgement.id)
  const { twoForFleet } = await readDecisionSettings()
  await auditedAll(actor, async (tx) => ({
    result: undefined,
    subjects: await judge(tx, person, judgement, { today: evidence, twoForFleet }),
  }))
}

/** `twoForFleet`: the administrator asks for two managers about the whole fleet. `batchId`: it is judged with others. */
export type JudgedOn = { today: Evidence; twoForFleet: boolean; batchId?: string }

/** One judgement within a transaction; answers its audit rows: its own first, then of what it superseded. */
export async function judge(
  tx: PrismaTransaction,
  person: AccountActor,
  judgement: CheckedJudgement,
  { today, twoForFleet, batchId }: JudgedOn,
): Promise<AuditSubject[]> {
  const decision = await getForMove(tx, person, judgement.id, judgement.move)
  const standsInFor = await listPrincipals(tx, person.accountId, now())
  const next = nextState(decision.state as DecisionState, judgement.move, decision.verdict as Verdict)
  if (decision.version !== judgement.version) throw new ExpectedError('conflict', MOVED_ON)
  if (judgement.move === 'approve') {
    requireSeen(decision, today, judgement.seen)
    if (await isFirstOfTwo(tx, person, decision, { twoForFleet, comment: judgement.comment })) {
      await move(tx, decision, decision.state as DecisionState, {})
      return [
        subjectOf(judgement, 'decision-approved-first', {
          evidence: figures(today),
          ...forWhom(standsInFor),
        }),
      ]
    }
  }
  await move(tx, decision, standingState(decision, next), {
    decidedById: person.accountId,
    decidedAt: now(),
    comment: judgement.comment || null,
    decidedEvidence: today,
  })
  const superseded = judgement.move === 'approve' ? await supersedeOthers(tx, decision) : []
  const own = subjectOf(judgement, judgement.move === 'approve' ? 'decision-approved' : 'decision-rejected', {
    evidence: figures(today),
    ...(batchId !== undefined && { batch: batchId }),
    ...forWhom(standsInFor),
    ...(superseded.length > 0 && { supersedes: superseded }),
    ...(judgement.move === 'approve' && judgement.seen.length > 0 && { changesSeen: judgement.seen }),
  })
  return [own, ...superseded.map((id) => supersededBy(id, decision.id))]
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

function supersededBy(id: number, by: number): AuditSubject {
  return { action: 'decision-superseded', subjectKind: 'decision', subjectId: String(id), detail: { by } }
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

/**
 * Keeps an approval, and answers whether it is the first of two. Nobody approves twice, and the yes of somebody who may no longer decide counts
 * for nothing.
 */
async function isFirstOfTwo(
  tx: PrismaTransaction,
  person: AccountActor,
  decision: DecisionWithRings,
  { twoForFleet, comment }: { twoForFleet: boolean; comment: string },
): Promise<boolean> {
  const needed = approvalsNeeded(termsOf(decision), twoForFleet)
  const others = decision.approvals.map(({ accountId }) => accountId).filter((id) => id !== person.accountId)
  const given = 1 + (needed > 1 ? await lockDeciders(tx, others) : new Set()).size
  const isAgain = others.length < decision.approvals.length
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

async function supersedeOthers(tx: PrismaTransaction, approved: StoredDecision): Promise<number[]> {
  const others = await tx.decision.findMany({
    where: { entryId: approved.entryId, state: { in: [...STANDING_STATES] }, id: { not: approved.id } },
  })
  const scope = approved.scope as DecisionScope
  const covered = others.filter((other) => covers(scope, other.scope as DecisionScope))
  for (const other of covered)
    await move(tx, other, nextState(other.state as DecisionState, 'supersede', other.verdict as Verdict), {})
  return covered.map(({ id }) => id)
}

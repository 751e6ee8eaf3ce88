import { now } from '@/lib/clock'
import { log } from '@/lib/log'
import { systemActor } from '@/lib/pipeline/actor'
import type { BlockException } from '@/lib/pipeline/decision/block'
import { isOver } from '@/lib/pipeline/decision/due'
import { type DecisionState, nextState, type Verdict } from '@/lib/pipeline/decision/states'
import { moveDecision, type StoredDecision, toDay } from '@/lib/store/decisions'
import { prisma } from '@/lib/store/prisma'
import { audited } from '../audited'

const WORKER = systemActor('worker')
const IN_FORCE = ['approved', 'enforced', 'emergency']

/**
 * Ends decisions whose last day is over and emergencies that nobody approved in time, and writes down which exceptions ended: each in the history,
 * once. Nothing that ended comes back when a clock is turned back. Answers how many changed; one that cannot be changed is logged and passed over.
 */
export async function expireDecisions(at: Date = now()): Promise<number> {
  const decisions = await prisma().decision.findMany({
    where: { state: { in: IN_FORCE } },
    // the worker asks every few seconds, and evidence is most of a decision
    omit: { evidence: true, decidedEvidence: true },
    orderBy: { id: 'asc' },
  })
  let changed = 0
  for (const decision of decisions)
    try {
      if ((await expire(decision, at)) || (await noteExceptions(decision, at))) changed++
    } catch (error) {
      log().error({ err: error, decision: decision.id }, 'a decision could not be ended')
    }
  return changed
}

type InForce = Omit<StoredDecision, 'evidence' | 'decidedEvidence'>

async function expire(decision: InForce, at: Date): Promise<boolean> {
  const state = decision.state as DecisionState
  const over = isOver(
    { state, expiresOn: toDay(decision.expiresOn), lapsesAtMs: decision.lapsesAt?.getTime() ?? null },
    at.getTime(),
  )
  if (!over) return false
  return await audited(
    WORKER,
    {
      action: state === 'emergency' ? 'decision-lapsed' : 'decision-expired',
      subjectKind: 'decision',
      subjectId: String(decision.id),
      detail: { from: state, expiresOn: toDay(decision.expiresOn) },
    },
    async (tx) => {
      const next = nextState(state, 'expire', decision.verdict as Verdict)
      if (!(await moveDecision(tx, decision, next))) throw new Lost()
      return true
    },
  ).catch(lost)
}

/** Somebody moved it first: it is looked at again at the next turn. */
class Lost extends Error {}

function lost(error: unknown): false {
  if (error instanceof Lost) return false
  throw error
}

async function noteExceptions(decision: InForce, at: Date): Promise<boolean> {
  const today = toDay(at) ?? ''
  const noted = toDay(decision.exceptionsNoted) ?? ''
  const ended = (decision.exceptions as BlockException[]).filter(
    ({ until }) => until !== null && until < today && until > noted,
  )
  const last = ended
    .flatMap(({ until }) => until ?? [])
    .sort()
    .at(-1)
  if (last === undefined) return false
  return await audited(
    WORKER,
    {
      action: 'decision-exception-expired',
      subjectKind: 'decision',
      subjectId: String(decision.id),
      detail: { exceptions: ended },
    },
    async (tx) => {
      const { count } = await tx.decision.updateMany({
        where: { id: decision.id, version: decision.version },
        data: { exceptionsNoted: new Date(last), version: { increment: 1 } },
      })
      if (count === 0) throw new Lost()
      return true
    },
  ).catch(lost)
}

import { ExpectedError } from '@/lib/errors'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import { replaces, type Standing } from '@/lib/pipeline/decision/replaces'
import type { RingState } from '@/lib/pipeline/decision/rings'
import { type DecisionState, nextState, STANDING_STATES, type Verdict } from '@/lib/pipeline/decision/states'
import type { AuditSubject } from '@/lib/store/audit'
import { findStored, moveDecision, type StoredDecision } from '@/lib/store/decisions'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { MOVED_ON } from './person'

/** Ends the decisions that one that stands now replaces; answers their ids. @throws ExpectedError 'conflict' where one of them moves meanwhile */
export async function supersedeOthers(tx: PrismaTransaction, id: number): Promise<number[]> {
  const by = await findStored(tx, id)
  if (by === null) return []
  const others = await tx.decision.findMany({
    where: { entryId: by.entryId, state: { in: [...STANDING_STATES] }, id: { not: id } },
    orderBy: { id: 'asc' },
  })
  const successor = {
    ...standing(by),
    verdict: by.verdict as Verdict,
    rings: by.rings.map(({ state }) => ({ state: state as RingState })),
  }
  const replaced = others.filter((other) => replaces(successor, standing(other)))
  for (const other of replaced) {
    const to = nextState(other.state as DecisionState, 'supersede', other.verdict as Verdict)
    if (!(await moveDecision(tx, other, to))) throw new ExpectedError('conflict', MOVED_ON)
  }
  return replaced.map(({ id }) => id)
}

function standing({ state, scope, decidedAt }: StoredDecision): Standing {
  return {
    state: state as DecisionState,
    scope: scope as DecisionScope,
    decidedAt: decidedAt?.getTime() ?? 0,
  }
}

/** An audit row of each that was superseded. */
export function supersededBy(superseded: readonly number[], by: number): AuditSubject[] {
  return superseded.map((id) => ({
    action: 'decision-superseded',
    subjectKind: 'decision',
    subjectId: String(id),
    detail: { by },
  }))
}

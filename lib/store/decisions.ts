import type { Scope } from '@/lib/pipeline/actor'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { DecisionState } from '@/lib/pipeline/decision/states'
import type { Decision as StoredDecision } from '@/lib/store/generated/client'
import type { PrismaTransaction } from './prisma'

export type { StoredDecision }

/** The hosts a proposer sees are the hosts a proposal speaks of. */
export function toDecisionScope(scope: Scope): DecisionScope {
  return scope.kind === 'all' ? { kind: 'fleet' } : { kind: 'groups', ids: [...scope.groupIds] }
}

/** Whether somebody sees every host that a decision speaks of. */
export function seesAllOf(scope: Scope, decision: DecisionScope): boolean {
  if (scope.kind === 'all') return true
  return decision.kind === 'groups' && decision.ids.every((id) => scope.groupIds.includes(id))
}

/** Makes proposals and approvals of one binary wait for each other; null when there is no such binary. */
export async function lockEntry(
  tx: PrismaTransaction,
  slug: string,
): Promise<{ id: number; name: string } | null> {
  const found = await tx.$queryRaw<{ id: number; name: string }[]>`
    SELECT id, name FROM catalogue_entry WHERE slug = ${slug} FOR UPDATE`
  return found[0] ?? null
}

type Change = Partial<Pick<StoredDecision, 'decidedById' | 'decidedAt' | 'comment'>>

/** Moves a decision on, if it is still as it was read: false means that somebody else was faster. */
export async function moveDecision(
  tx: PrismaTransaction,
  read: Pick<StoredDecision, 'id' | 'state' | 'version'>,
  to: DecisionState,
  change: Change = {},
): Promise<boolean> {
  const { count } = await tx.decision.updateMany({
    where: { id: read.id, state: read.state, version: read.version },
    data: { state: to, version: { increment: 1 }, ...change },
  })
  return count === 1
}

import { ExpectedError } from '@/lib/errors'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import { prisma } from '@/lib/store/prisma'
import { hostsOf } from '@/lib/store/scope'

/** Evidence of today for a decision as it was when this was read. */
export type KnownEvidence = { version: number; evidence: Evidence }

/**
 * What is known today of a decision's binary on the hosts in its scope. Read before the transaction that uses it: it takes connections of its own.
 * @throws ExpectedError 'not-found'
 */
export async function evidenceFor(id: number): Promise<KnownEvidence> {
  const decision = await prisma().decision.findUnique({
    where: { id },
    select: { version: true, scope: true, entryId: true },
  })
  if (!decision) throw new ExpectedError('not-found', 'There is no such decision.')
  const hosts = hostsOf(decision.scope as DecisionScope)
  return { version: decision.version, evidence: await loadEvidence(pool(), hosts, decision.entryId) }
}

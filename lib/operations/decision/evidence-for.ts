import { ExpectedError } from '@/lib/errors'
import type { DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { prisma } from '@/lib/store/prisma'
import type { DataWindow } from '@/lib/store/screens/data-window'
import { loadKnownEvidence } from '@/lib/store/screens/decision/known-evidence'

/** Evidence of today for a decision as it was when this was read. */
export type KnownEvidence = { version: number; scope: DecisionScope; evidence: Evidence }

/**
 * What is known today of a decision's binary on the hosts in its scope, or in `where`. `span`: as of loadKnownEvidence. Read before the transaction that uses it: it takes connections of its own.
 * @throws ExpectedError 'not-found'
 */
export async function evidenceFor(
  id: number,
  where?: DecisionScope,
  span?: DataWindow | null,
): Promise<KnownEvidence> {
  const decision = await prisma().decision.findUnique({
    where: { id },
    select: { version: true, scope: true, entry: { select: { id: true, slug: true } } },
  })
  if (!decision) throw new ExpectedError('not-found', 'There is no such decision.')
  const { version, entry } = decision
  const scope = decision.scope as DecisionScope
  return { version, scope, evidence: await loadKnownEvidence(where ?? scope, entry, span) }
}

import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { canonicalJson, type Json } from '@/lib/pipeline/decision/audit-content'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import { lockEntry, toDecisionScope } from '@/lib/store/decisions'
import { loadEvidence } from '@/lib/store/evidence'
import { pool } from '@/lib/store/pool'
import type { PrismaTransaction } from '@/lib/store/prisma'
import { audited } from './audited'
import { checked } from './checked'

const MAX_NOTE = 4000

const Proposal = z.object({
  slug: z.string().min(1).max(260),
  verdict: z.enum(['safe-to-block', 'required'], 'Choose safe to block or required.'),
  justification: z
    .string()
    .trim()
    .min(1, 'Say why: a manager decides on it.')
    .max(MAX_NOTE, `The note has at most ${MAX_NOTE} characters.`),
})
export type Proposal = z.input<typeof Proposal>

/**
 * Proposes a verdict for a binary, for the hosts the proposer sees; what is known of its use is frozen with it. Answers the decision's id.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' while another proposal waits
 */
export async function proposeDecision(actor: Actor, submitted: Proposal): Promise<number> {
  requirePermission(actor, 'propose')
  if (actor.kind !== 'account') throw new ExpectedError('forbidden', 'A verdict is proposed by a person.')
  const { slug, verdict, justification } = checked(Proposal, submitted)
  const scope = toDecisionScope(actor.scope)
  return await audited(
    actor,
    (id) => ({
      action: 'decision-proposed',
      subjectKind: 'decision',
      subjectId: String(id),
      detail: { binary: slug, verdict, justification, scope: scope as Json },
    }),
    async (tx) => {
      const entry = await lockEntry(tx, slug)
      if (!entry) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
      await requireNothingWaits(tx, entry, canonicalJson(scope as Json))
      const evidence = await loadEvidence(pool(), actor.scope, entry.id)
      const { id } = await tx.decision.create({
        data: {
          entryId: entry.id,
          verdict,
          justification,
          scope,
          evidence,
          state: 'proposed',
          ...(verdict === 'required' ? {} : { effect: 'execution', control: 'app-control' }),
          rings: { create: ONE_RING.map((ring, position) => ({ ...ring, position })) },
          proposedById: actor.accountId,
        },
        select: { id: true },
      })
      return id
    },
  )
}

async function requireNothingWaits(
  tx: PrismaTransaction,
  entry: { id: number; name: string },
  scope: string,
): Promise<void> {
  const waiting = await tx.decision.findMany({
    where: { entryId: entry.id, state: 'proposed' },
    select: { scope: true },
  })
  if (waiting.some((other) => canonicalJson(other.scope as Json) === scope))
    throw new ExpectedError(
      'conflict',
      `A verdict for ${entry.name} is already proposed: it waits for a manager, or its proposer withdraws it.`,
    )
}

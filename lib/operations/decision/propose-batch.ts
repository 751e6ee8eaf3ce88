import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import { CONTROLS, type DecisionScope } from '@/lib/pipeline/decision/block'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import { notNeverSeen } from '@/lib/pipeline/decision/evidence-change'
import { ONE_RING } from '@/lib/pipeline/decision/rings'
import type { DecisionTerms } from '@/lib/pipeline/decision/terms'
import type { AuditSubject } from '@/lib/store/audit'
import { createDecision, lockEntry, toDecisionScope } from '@/lib/store/decisions'
import { prisma } from '@/lib/store/prisma'
import { findCommonSpan } from '@/lib/store/screens/data-window'
import { loadKnownEvidence } from '@/lib/store/screens/decision/known-evidence'
import { auditedAll } from '../audited'
import { checked } from '../checked'
import { Reason, requirePerson } from './person'
import { requireProposable } from './propose-decision'

export const MAX_BATCH = 200

const Batch = z.object({
  slugs: z
    .array(z.string().min(1).max(260))
    .min(1, 'Choose binaries.')
    .max(MAX_BATCH, `At most ${MAX_BATCH} binaries at once.`),
  control: z.enum(CONTROLS),
  justification: Reason,
  reviewOn: z.iso.date('Give the day of the review as YYYY-MM-DD.'),
  ticket: z.string().trim().max(100).nullable(),
})
export type Batch = z.input<typeof Batch>

/**
 * Proposes to block binaries that never ran here, on hosts that would have shown it, as one: each is a decision of its own with its own evidence and
 * history, and all are approved together. Answers the batch's id.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' where one of them ran, or is not covered well enough to say
 */
export async function proposeBatch(actor: Actor, submitted: Batch): Promise<string> {
  const person = requirePerson(actor, 'propose')
  const batch = checked(Batch, submitted)
  const slugs = [...new Set(batch.slugs)].sort()
  const scope = toDecisionScope(person.scope)
  const evidence = await evidenceOf(slugs, scope)
  const terms: DecisionTerms = {
    verdict: 'safe-to-block',
    effect: 'execution',
    control: batch.control,
    scope,
    exceptions: [],
    rings: ONE_RING,
    justification: batch.justification,
    ownerId: null,
    reviewOn: batch.reviewOn,
    expiresOn: null,
    ticket: batch.ticket || null,
  }
  const batchId = randomUUID()
  return await auditedAll(actor, async (tx) => {
    const subjects: AuditSubject[] = [
      {
        action: 'decisions-proposed-together',
        subjectKind: 'decision-batch',
        subjectId: batchId,
        detail: { binaries: slugs, justification: batch.justification },
      },
    ]
    // in one order, so that two batches wait for each other instead of locking each other out
    for (const slug of slugs) {
      const entry = await lockEntry(tx, slug)
      const known = evidence.get(slug)
      if (!entry || !known) throw new ExpectedError('not-found', `The catalogue has no ${slug}.`)
      await requireProposable(tx, { entryId: entry.id }, terms, null)
      const id = await createDecision(tx, terms, {
        entryId: entry.id,
        state: 'proposed',
        proposedById: person.accountId,
        proposedAt: now(),
        evidence: known,
        batchId,
      })
      subjects.push({
        action: 'decision-proposed',
        subjectKind: 'decision',
        subjectId: String(id),
        detail: { binary: slug, batch: batchId, ...terms },
      })
    }
    return { result: batchId, subjects }
  })
}

async function evidenceOf(slugs: readonly string[], scope: DecisionScope): Promise<Map<string, Evidence>> {
  const entries = await prisma().catalogueEntry.findMany({
    where: { slug: { in: [...slugs] } },
    select: { id: true, slug: true, name: true },
  })
  const span = await findCommonSpan({ kind: 'all' })
  const found = new Map<string, Evidence>()
  for (const { id, slug, name } of entries) {
    const evidence = await loadKnownEvidence(scope, { id, slug }, span)
    const [problem] = notNeverSeen(evidence)
    if (problem !== undefined)
      throw new ExpectedError('conflict', `${name} cannot be proposed so. ${problem}`)
    found.set(slug, evidence)
  }
  return found
}

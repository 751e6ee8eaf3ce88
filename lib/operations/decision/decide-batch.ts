import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import type { Actor } from '@/lib/pipeline/actor'
import type { Evidence } from '@/lib/pipeline/decision/evidence'
import type { AuditSubject } from '@/lib/store/audit'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { findCommonSpan } from '@/lib/store/screens/data-window'
import { readDecisionSettings } from '@/lib/store/screens/decision/form'
import { concernsFleet } from '@/lib/store/screens/decision/sight'
import { auditedAll } from '../audited'
import { checked } from '../checked'
import { judge } from './decide'
import { evidenceFor } from './evidence-for'
import { Comment, DecisionTarget, MOVED_ON, requireMovable, requirePerson } from './person'
import { MAX_BATCH } from './propose-batch'

const BatchJudgement = z
  .object({
    batchId: z.uuid(),
    /** Every decision of the batch that still waits, as the manager read it. */
    items: z.array(DecisionTarget).min(1, 'Nothing of it waits any more.').max(MAX_BATCH),
    move: z.enum(['approve', 'reject']),
    comment: Comment,
  })
  .refine(({ move, comment }) => move === 'approve' || comment !== '', 'Say why you reject it.')
export type BatchJudgement = z.input<typeof BatchJudgement>

/**
 * A manager judges what was proposed as one, as one: all of it or nothing. Evidence that changed materially stops it, and says of which binary.
 * @throws ExpectedError 'forbidden', 'invalid-input', 'not-found', or 'conflict' when one of them is no longer as it was read
 */
export async function decideBatch(actor: Actor, submitted: BatchJudgement): Promise<void> {
  const person = requirePerson(actor, 'decide')
  const { batchId, items, move, comment } = checked(BatchJudgement, submitted)
  await requireWhole(prisma(), batchId, items)
  for (const item of items) await requireMovable(person, item, move)
  const { twoForFleet } = await readDecisionSettings()
  const known = new Map<number, { today: Evidence; ofFleet: boolean }>()
  const span = await findCommonSpan({ kind: 'all' })
  for (const { id } of items) {
    const { evidence: today } = await evidenceFor(id, undefined, span)
    known.set(id, { today, ofFleet: twoForFleet && (await concernsFleet(id)) })
  }
  await auditedAll(actor, async (tx) => {
    const subjects: AuditSubject[] = [
      {
        action: move === 'approve' ? 'decisions-approved-together' : 'decisions-rejected-together',
        subjectKind: 'decision-batch',
        subjectId: batchId,
        detail: { decisions: items.map(({ id }) => id), comment },
      },
    ]
    await requireWhole(tx, batchId, items)
    for (const item of items) {
      const read = known.get(item.id)
      if (!read) throw new ExpectedError('not-found', 'There is no such decision.')
      const judgedOn = { ...read, narrowed: null, twoForFleet, batchId }
      subjects.push(
        ...(await judge(
          tx,
          person,
          { ...item, move, comment, seen: [], lastDay: null, scope: null },
          judgedOn,
        )),
      )
    }
    return { result: undefined, subjects }
  })
}

/** @throws ExpectedError 'conflict' where what waits of a batch is not what the manager read */
async function requireWhole(
  tx: PrismaTransaction,
  batchId: string,
  items: readonly { id: number }[],
): Promise<void> {
  const waiting = await tx.decision.findMany({ where: { batchId, state: 'proposed' }, select: { id: true } })
  const asked = new Set(items.map(({ id }) => id))
  if (waiting.length !== asked.size || waiting.some(({ id }) => !asked.has(id)))
    throw new ExpectedError('conflict', MOVED_ON)
}

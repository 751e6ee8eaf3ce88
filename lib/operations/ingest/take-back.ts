import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { REMATCHED } from '@/lib/store/imports'
import { enqueueJob } from '@/lib/store/jobs'
import { patientPool } from '@/lib/store/pool'
import { type PrismaTransaction, prisma } from '@/lib/store/prisma'
import { previewTakeBack, type TakeBackPreview } from '@/lib/store/screens/take-back-preview'
import { findTaken } from '@/lib/store/take-back/parts'
import { ownUploads } from './own-uploads'

const MAX_REASON = 1000
const Request = z.object({
  uploadId: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(1, 'Say why it is taken back.')
    .max(MAX_REASON, `A reason has at most ${MAX_REASON} characters.`),
})

/** Of an upload that is over. One that is being taken back is asked for again where that failed. */
const OVER = ['done', 'failed', 'cancelled', 'interrupted', 'taking-back']
/** Of which all is gone; asked for again where what follows failed. */
const TAKEN = 'taken-back'

/**
 * What would go if an import were taken back now.
 * @throws ExpectedError 'forbidden', or 'conflict' when it is none that can be
 */
export async function previewTakingBack(actor: Actor, uploadId: string): Promise<TakeBackPreview> {
  requirePermission(actor, 'take-back')
  const where = takeable(actor, checked(z.uuid(), uploadId), [...OVER, TAKEN])
  if ((await prisma().upload.count({ where })) === 0) throw notTakeable()
  // a large import takes longer to count than a page may
  return await previewTakeBack(patientPool(), await findTaken(patientPool(), uploadId))
}

/**
 * Has everything that an import brought taken back, as if it had never been: the worker does it, a host's day at a time, and what is derived follows. What people wrote
 * stays. Where that failed, also only in forgetting hosts, it goes on.
 * @throws ExpectedError 'forbidden', 'invalid-input', or 'conflict' when it is not over yet, a shipper's, or taken back already
 */
export async function takeBack(actor: Actor, submitted: z.input<typeof Request>): Promise<void> {
  requirePermission(actor, 'take-back')
  const { uploadId, reason } = checked(Request, submitted)
  await audited(
    actor,
    (name: string) => ({
      action: 'upload-taken-back',
      subjectKind: 'upload',
      subjectId: uploadId,
      detail: { name, reason },
    }),
    async (tx) => {
      if (!(await begin(tx, actor, uploadId))) throw notTakeable()
      const { name } = await tx.upload.findUniqueOrThrow({ where: { id: uploadId }, select: { name: true } })
      await enqueueJob(tx, { kind: 'take-back', uploadId }, { title: name, actorName: actor.name })
      return name
    },
  )
}

/** Answers whether it is to be taken back, or gone on with, from now on; holds its row. */
async function begin(tx: PrismaTransaction, actor: Actor, uploadId: string): Promise<boolean> {
  const begun = await tx.upload.updateMany({
    where: takeable(actor, uploadId, OVER),
    data: { state: 'taking-back', error: null },
  })
  if (begun.count > 0) return !['queued', 'running'].includes(await findLastState(tx, uploadId))
  const held = await tx.upload.updateMany({
    where: takeable(actor, uploadId, [TAKEN]),
    data: { error: null },
  })
  return held.count > 0 && (await findLastState(tx, uploadId)) === 'failed'
}

function takeable(actor: Actor, id: string, states: readonly string[]) {
  return { id, ...ownUploads(actor), state: { in: [...states] }, files: { none: { format: REMATCHED } } }
}

/** The state of what was asked for last of an upload; '' = nothing was. */
async function findLastState(tx: PrismaTransaction, uploadId: string): Promise<string> {
  const job = await tx.job.findFirst({
    where: { kind: 'take-back', argument: { path: ['uploadId'], equals: uploadId } },
    orderBy: { id: 'desc' },
    select: { state: true },
  })
  return job?.state ?? ''
}

function notTakeable(): ExpectedError {
  return new ExpectedError(
    'conflict',
    'This import cannot be taken back: it is not over yet (cancel it first), is taken back already, or is a shipper’s.',
  )
}

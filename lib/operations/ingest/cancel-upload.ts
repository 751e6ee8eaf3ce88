import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'

/** Only what the worker reads can be stopped: a command line is stopped where it runs. */
const CHANNELS = ['browser', 'api']
const UNFINISHED = ['receiving', 'queued', 'running']

/**
 * Stops an upload: what was read of it stays, the rest is not read. The worker drops its bytes.
 * @throws ExpectedError 'conflict' when it is over, or not this actor's to stop
 */
export async function cancelUpload(actor: Actor, uploadId: string): Promise<void> {
  requirePermission(actor, 'import')
  const id = checked(z.uuid(), uploadId)
  await audited(actor, { action: 'upload-cancelled', subjectKind: 'upload', subjectId: id }, async (tx) => {
    const { count } = await tx.upload.updateMany({
      where: {
        id,
        channel: { in: CHANNELS },
        state: { in: UNFINISHED },
        // an account of some host groups sees only its own uploads
        ...(actor.scope.kind === 'groups' && { actorName: actor.name }),
      },
      data: { state: 'cancelled', finishedAt: now() },
    })
    if (count === 0)
      throw new ExpectedError('conflict', 'This upload is over, or it cannot be cancelled here.')
  })
}

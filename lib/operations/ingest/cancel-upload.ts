import { z } from 'zod'
import { now } from '@/lib/clock'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { ownUploads } from './own-uploads'

const UNFINISHED = ['receiving', 'queued', 'running', 'paused', 'interrupted']

/**
 * Stops an upload, or an import of the command line: what was read of it stays, the rest is not read. The worker drops its bytes.
 * @throws ExpectedError 'conflict' when it is over, or not this actor's to stop
 */
export async function cancelUpload(actor: Actor, uploadId: string): Promise<void> {
  requirePermission(actor, 'import')
  const id = checked(z.uuid(), uploadId)
  await audited(actor, { action: 'upload-cancelled', subjectKind: 'upload', subjectId: id }, async (tx) => {
    const { count } = await tx.upload.updateMany({
      where: { id, ...ownUploads(actor), state: { in: UNFINISHED } },
      data: { state: 'cancelled', finishedAt: now() },
    })
    if (count === 0)
      throw new ExpectedError('conflict', 'This import is over, or it cannot be cancelled here.')
  })
}

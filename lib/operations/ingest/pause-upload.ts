import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import type { Actor } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { ownUploads } from './own-uploads'

/**
 * Stops an upload, or an import of the command line, after the batch it is at. It keeps its place.
 * @throws ExpectedError 'conflict' when there is nothing to pause, or it is not this actor's
 */
export async function pauseUpload(actor: Actor, uploadId: string): Promise<void> {
  requirePermission(actor, 'import')
  const id = checked(z.uuid(), uploadId)
  await audited(actor, { action: 'upload-paused', subjectKind: 'upload', subjectId: id }, async (tx) => {
    const { count } = await tx.upload.updateMany({
      where: { id, ...ownUploads(actor), state: { in: ['queued', 'running'] } },
      data: { state: 'paused' },
    })
    if (count === 0)
      throw new ExpectedError('conflict', 'This import is not being read, or it cannot be paused here.')
  })
}

/**
 * Goes on with what was paused, from its place: the worker reads uploads, the command that waits reads its own.
 * @throws ExpectedError 'conflict' when it is not paused, or not this actor's
 */
export async function unpauseUpload(actor: Actor, uploadId: string): Promise<void> {
  requirePermission(actor, 'import')
  const id = checked(z.uuid(), uploadId)
  await audited(actor, { action: 'upload-resumed', subjectKind: 'upload', subjectId: id }, async (tx) => {
    const paused = { id, ...ownUploads(actor), state: 'paused' }
    const commands = await tx.upload.updateMany({
      where: { ...paused, channel: 'command-line' },
      data: { state: 'running' },
    })
    const others = await tx.upload.updateMany({ where: paused, data: { state: 'queued' } })
    if (commands.count + others.count === 0)
      throw new ExpectedError('conflict', 'This import is not paused, or it cannot be resumed here.')
    await tx.$executeRaw`NOTIFY cordon_work`
  })
}

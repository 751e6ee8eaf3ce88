import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import { type Actor, actorIdOf } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { executeIn, type PrismaTransaction } from '@/lib/store/prisma'
import { handingOverChunks } from '@/lib/store/upload-chunks'
import { HostName } from './host-name'
import { ownUploads } from './own-uploads'

const Request = z.object({ uploadId: z.uuid(), host: HostName })

/**
 * Reads an upload again as an upload of its own, with a host for the records that name none; what was stored the first time is known then.
 * Answers the new upload's id.
 * @throws ExpectedError 'conflict' when its bytes are no longer kept, or it is not this actor's
 */
export async function readAgain(actor: Actor, submitted: z.input<typeof Request>): Promise<string> {
  requirePermission(actor, 'import')
  const { uploadId, host } = checked(Request, submitted)
  return await audited(
    actor,
    (id) => ({
      action: 'upload-read-again',
      subjectKind: 'upload',
      subjectId: id,
      detail: { of: uploadId, host },
    }),
    async (tx) => {
      const id = await copyUpload(tx, actor, uploadId, host)
      const moved = await executeIn(tx, handingOverChunks(uploadId, id))
      if (moved === 0) throw goneBytes()
      await tx.$executeRaw`NOTIFY cordon_work`
      return id
    },
  )
}

async function copyUpload(
  tx: PrismaTransaction,
  actor: Actor,
  id: string,
  hostOverride: string,
): Promise<string> {
  const first = await tx.upload.findFirst({
    where: { id, ...ownUploads(actor), state: 'done' },
    select: {
      channel: true,
      name: true,
      sizeBytes: true,
      dateOrder: true,
      receivedBytes: true,
      receivedAt: true,
    },
  })
  if (!first) throw goneBytes()
  const copy = { ...first, hostOverride, actorName: actor.name, actorId: actorIdOf(actor), state: 'queued' }
  return (await tx.upload.create({ data: copy, select: { id: true } })).id
}

function goneBytes(): ExpectedError {
  return new ExpectedError(
    'conflict',
    'Its bytes are no longer kept: upload the file again, with the host name.',
  )
}

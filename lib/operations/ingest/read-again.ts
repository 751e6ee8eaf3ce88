import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { audited } from '@/lib/operations/audited'
import { checked } from '@/lib/operations/checked'
import { type Actor, actorIdOf } from '@/lib/pipeline/actor'
import { requirePermission } from '@/lib/pipeline/decision/permissions'
import { SAID_ORDERS } from '@/lib/pipeline/parse/date-order'
import { forgettingLost } from '@/lib/store/ingest/overlap'
import { executeIn, type PrismaTransaction } from '@/lib/store/prisma'
import { handingOverChunks } from '@/lib/store/upload-chunks'
import { HostName } from './host-name'
import { ownUploads } from './own-uploads'

const Request = z.object({
  uploadId: z.uuid(),
  /** For records that name none; null = they are rejected. */
  host: HostName.nullable(),
  /** Of dates that do not show it; null = as they show themselves, left out = as the first time. */
  dateOrder: z.enum(SAID_ORDERS).nullable().optional(),
})
export type ReadAgain = z.input<typeof Request>

/**
 * Reads an upload again as an upload of its own: with other options once it is taken back; before that with a host for records that name none, or as it was read for
 * what went with another import. What is stored already is known then. Answers the new upload's id.
 * @throws ExpectedError 'conflict' when its bytes are no longer kept, it is not this actor's, or it has to be taken back first
 */
export async function readAgain(actor: Actor, submitted: ReadAgain): Promise<string> {
  requirePermission(actor, 'import')
  const { uploadId, host, dateOrder } = checked(Request, submitted)
  return await audited(
    actor,
    (id) => ({
      action: 'upload-read-again',
      subjectKind: 'upload',
      subjectId: id,
      detail: { of: uploadId, host, ...(dateOrder !== undefined && { dateOrder }) },
    }),
    async (tx) => {
      const id = await copyUpload(tx, actor, { uploadId, host, dateOrder })
      const moved = await executeIn(tx, handingOverChunks(uploadId, id))
      if (moved === 0) throw goneBytes()
      await executeIn(tx, forgettingLost(uploadId))
      await tx.$executeRaw`NOTIFY cordon_work`
      return id
    },
  )
}

async function copyUpload(
  tx: PrismaTransaction,
  actor: Actor,
  { uploadId, host, dateOrder }: z.output<typeof Request>,
): Promise<string> {
  const first = await tx.upload.findFirst({
    where: { id: uploadId, ...ownUploads(actor), state: { in: ['done', 'taken-back'] } },
    select: {
      channel: true,
      name: true,
      sizeBytes: true,
      dateOrder: true,
      hostOverride: true,
      receivedBytes: true,
      receivedAt: true,
      state: true,
    },
  })
  if (!first) throw goneBytes()
  const said = { hostOverride: host, dateOrder: dateOrder === undefined ? first.dateOrder : dateOrder }
  if (first.state === 'done' && !addsTo(first, said)) throw storedOtherwise()
  const copy = { ...first, ...said, actorName: actor.name, actorId: actorIdOf(actor), state: 'queued' }
  return (await tx.upload.create({ data: copy, select: { id: true } })).id
}

type Options = { hostOverride: string | null; dateOrder: string | null }

/** Whether records read so are those that are stored, or ones that no host was known of. */
function addsTo(first: Options, said: Options): boolean {
  const sameHost = first.hostOverride === null || first.hostOverride === said.hostOverride
  return sameHost && first.dateOrder === said.dateOrder
}

function storedOtherwise(): ExpectedError {
  return new ExpectedError(
    'conflict',
    'What it brought is stored as it was read: have the import taken back first, then read it with other options.',
  )
}

function goneBytes(): ExpectedError {
  return new ExpectedError(
    'conflict',
    'Its bytes are no longer kept: import the file again, with the options that it needs.',
  )
}

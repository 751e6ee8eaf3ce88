import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { attachment, CSV } from '@/lib/http/attachment'
import { handler } from '@/lib/http/handler'
import { exportRejections } from '@/lib/store/exports/rejections'
import { findUpload, importViewer } from '@/lib/store/screens/imports'

export const GET = handler({
  action: 'export',
  costly: 'file',
  params: z.object({ id: z.uuid() }),
  run: async ({ actor, params }) => {
    const viewer = importViewer(actor)
    if (!(await findUpload(viewer, params.id)))
      throw new ExpectedError('not-found', 'There is no such upload.')
    return attachment(await exportRejections(viewer, params.id), CSV, `rejections-${params.id}.csv`)
  },
})

import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { attachment, CSV } from '@/lib/http/attachment'
import { handler } from '@/lib/http/handler'
import { exportRejections } from '@/lib/store/exports/rejections'
import { parseRejectionRequest } from '@/lib/store/screens/import-files'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { toSearchParams } from '@/lib/store/screens/table-request'

export const GET = handler({
  action: 'export',
  costly: 'file',
  params: z.object({ id: z.uuid() }),
  run: async ({ actor, request, params }) => {
    const viewer = importViewer(actor)
    if (!(await findUpload(viewer, params.id)))
      throw new ExpectedError('not-found', 'There is no such upload.')
    const asked = parseRejectionRequest(toSearchParams(new URL(request.url).searchParams))
    return attachment(await exportRejections(viewer, params.id, asked), CSV, `rejections-${params.id}.csv`)
  },
})

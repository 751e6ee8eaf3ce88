import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { listUploadFiles } from '@/lib/store/screens/import-files'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { parseTableRequest } from '@/lib/store/screens/table-request'
import { toUploadStatus } from './upload-status'

/** Files answered; the upload's page has all. */
const FILES = parseTableRequest(
  { size: '100' },
  { sorts: ['path'], defaultSort: 'path', defaultDescending: false },
)

export const GET = handler({
  action: 'import',
  params: z.object({ id: z.uuid() }),
  run: async ({ actor, params }) => {
    const viewer = importViewer(actor)
    const upload = await findUpload(viewer, params.id)
    if (!upload) throw new ExpectedError('not-found', 'There is no such upload.')
    const { rows } = await listUploadFiles(viewer, params.id, FILES)
    return toUploadStatus(upload, rows)
  },
})

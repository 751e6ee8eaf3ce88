import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'
import { handler } from '@/lib/http/handler'
import { requestBytes } from '@/lib/http/request-bytes'
import { cancelUpload } from '@/lib/operations/ingest/cancel-upload'
import { receivePiece } from '@/lib/operations/ingest/send-in-pieces'
import { listRejections, listUploadFiles } from '@/lib/store/screens/import-files'
import { findUpload, importViewer } from '@/lib/store/screens/imports'
import { parseTableRequest } from '@/lib/store/screens/table-request'
import { PieceQuery } from '../upload-query'
import { toUploadStatus } from './upload-status'

const UploadId = z.object({ id: z.uuid() })

/** Files and rejections answered; the upload's page has all. */
const FIRST = parseTableRequest(
  { size: '100' },
  { sorts: ['path'], defaultSort: 'path', defaultDescending: false },
)

export const GET = handler({
  action: 'import',
  // the Imports page follows what is read
  byItself: true,
  params: UploadId,
  run: async ({ actor, params }) => {
    const viewer = importViewer(actor)
    const upload = await findUpload(viewer, params.id)
    if (!upload) throw new ExpectedError('not-found', 'There is no such upload.')
    const [files, rejections] = await Promise.all([
      listUploadFiles(viewer, params.id, FIRST),
      upload.rejected + upload.damaged > 0 ? listRejections(viewer, params.id, FIRST) : { rows: [] },
    ])
    return toUploadStatus(upload, files.rows, rejections.rows)
  },
})

export const PATCH = handler({
  action: 'import',
  params: UploadId,
  query: PieceQuery,
  run: async ({ actor, request, params, query }) => ({
    receivedBytes: await receivePiece(actor, { ...params, ...query }, requestBytes(request)),
  }),
})

export const DELETE = handler({
  action: 'import',
  params: UploadId,
  run: async ({ actor, params }) => {
    await cancelUpload(actor, params.id)
    return new Response(null, { status: 204 })
  },
})

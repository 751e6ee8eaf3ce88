import { handler } from '@/lib/http/handler'
import { requestBytes } from '@/lib/http/request-bytes'
import { receiveUpload } from '@/lib/operations/ingest/receive-upload'
import { UploadQuery } from './upload-query'

export const POST = handler({
  action: 'import',
  query: UploadQuery,
  run: async ({ actor, request, query }) => {
    const length = Number(request.headers.get('content-length'))
    const upload = {
      name: query.name,
      sizeBytes: length > 0 ? length : null,
      hostOverride: query.host ?? null,
      dateOrder: query.dateOrder ?? null,
    }
    return Response.json({ id: await receiveUpload(actor, upload, requestBytes(request)) }, { status: 202 })
  },
})

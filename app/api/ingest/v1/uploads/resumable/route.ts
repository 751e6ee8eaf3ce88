import { handler } from '@/lib/http/handler'
import { openUpload } from '@/lib/operations/ingest/send-in-pieces'
import { ResumableQuery } from '../upload-query'

export const POST = handler({
  action: 'import',
  query: ResumableQuery,
  run: async ({ actor, query }) => {
    const { name, size, fingerprint, host = null, dateOrder = null } = query
    return Response.json(
      await openUpload(actor, { name, sizeBytes: size, fingerprint, hostOverride: host, dateOrder }),
      { status: 201, headers: { 'cache-control': 'no-store' } },
    )
  },
})

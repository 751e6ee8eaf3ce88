import { handler } from '@/lib/http/handler'
import { requestBytes } from '@/lib/http/request-bytes'
import { ingestEvents } from '@/lib/operations/ingest/ingest-events'

export const POST = handler({
  action: 'ingest',
  run: ({ actor, request }) => ingestEvents(actor, requestBytes(request)),
})

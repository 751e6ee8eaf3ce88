import { handler } from '@/lib/http/handler'
import { shipperBytes } from '@/lib/http/shipper-handler'
import { ingestEvents } from '@/lib/operations/ingest/ingest-events'

export const POST = handler({
  action: 'ingest',
  run: ({ actor, request }) => ingestEvents(actor, shipperBytes(request)),
})

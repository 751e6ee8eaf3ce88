import { handler } from '@/lib/http/handler'
import { announced, shipperBytes } from '@/lib/http/shipper-handler'
import { receiveShipment } from '@/lib/operations/ingest/receive-shipment'

export const POST = handler({
  action: 'ingest',
  run: ({ actor, request }) => receiveShipment('events', actor, shipperBytes(request), announced(request)),
})

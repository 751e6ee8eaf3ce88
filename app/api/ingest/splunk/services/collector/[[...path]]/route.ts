import { ExpectedError } from '@/lib/errors'
import { announced, shipperBytes, shipperHandler } from '@/lib/http/shipper-handler'
import { hecAnswer, toHecFailure } from '@/lib/http/splunk'
import type { HecOutcome } from '@/lib/operations/ingest/ingest-hec'
import { receiveShipment } from '@/lib/operations/ingest/receive-shipment'
import { databaseAnswers } from '@/lib/store/screens/health'

const EVENT = ['', 'event', 'event/1.0']
const RAW = ['raw', 'raw/1.0']
const HEALTH = ['health', 'health/1.0']

export const POST = shipperHandler(toHecFailure, async ({ actor, request, path }) => {
  const endpoint = path.join('/')
  if (EVENT.includes(endpoint))
    return toAnswer(await receiveShipment('hec-events', actor, shipperBytes(request), announced(request)))
  if (RAW.includes(endpoint)) {
    const host = new URL(request.url).searchParams.get('host')?.trim() || null
    return toAnswer(
      await receiveShipment('hec-raw', actor, shipperBytes(request), { host, ...announced(request) }),
    )
  }
  // an answer of 200 says already that everything is stored: there is nothing to acknowledge later
  if (endpoint === 'ack') return hecAnswer(14)
  throw new ExpectedError('not-found', 'There is no such endpoint of the collector.')
})

/** Whether events can be taken in; asked without a key, and says no more than that. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ path?: string[] }> },
): Promise<Response> {
  const { path = [] } = await params
  if (!HEALTH.includes(path.join('/'))) return hecAnswer(6, {}, 404)
  return hecAnswer((await databaseAnswers()) ? 17 : 18)
}

/** `rejected` is ours: events that Splunk would keep as text, and that say nothing here. */
function toAnswer({ events, rejected, fault }: HecOutcome): Response {
  if (fault !== null) return hecAnswer(fault.code, { 'invalid-event-number': fault.index })
  if (events === 0) return hecAnswer(5)
  return hecAnswer(0, rejected > 0 ? { rejected } : {})
}

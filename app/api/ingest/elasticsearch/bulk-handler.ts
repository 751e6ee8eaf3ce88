import { elasticsearchAnswer, toElasticsearchFailure } from '@/lib/http/elasticsearch'
import { announced, shipperBytes, shipperHandler } from '@/lib/http/shipper-handler'
import type { BulkOutcome } from '@/lib/operations/ingest/ingest-bulk'
import { receiveShipment } from '@/lib/operations/ingest/receive-shipment'

/** `_bulk`, with or without an index in the path: the index names nothing here. */
export const bulkHandler = shipperHandler(toElasticsearchFailure, async ({ actor, request }) => {
  const start = performance.now()
  const outcome = await receiveShipment('bulk', actor, shipperBytes(request), announced(request))
  return elasticsearchAnswer(toBulkAnswer(outcome, Math.round(performance.now() - start)))
})

/** Compact, and one item for each action in its order: shippers match them up, and some look for the literal `"errors":true`. */
function toBulkAnswer(outcome: BulkOutcome, took: number): string {
  const items = outcome.map(({ verb, reason }) => ({
    [verb]:
      reason === null ? CREATED : { status: 400, error: { type: 'document_parsing_exception', reason } },
  }))
  const errors = outcome.some(({ reason }) => reason !== null)
  return JSON.stringify({ took, errors, items })
}

const CREATED = { status: 201 }

import { ExpectedError } from '@/lib/errors'
import { elasticsearchAnswer, toElasticsearchFailure } from '@/lib/http/elasticsearch'
import { shipperHandler } from '@/lib/http/shipper-handler'
import { setupAnswer } from './setup-answer'

/** What shippers ask, and try to set up, before they send: nothing needs setting up, and they are told so. */
export const GET = shipperHandler(toElasticsearchFailure, async ({ path }) => {
  const body = setupAnswer(path)
  if (body === null) throw new ExpectedError('not-found', NOTHING_ELSE)
  const headers = { 'content-type': path[0] === '_cat' ? 'text/plain' : 'application/json' }
  return elasticsearchAnswer(body, 200, headers)
})

export const PUT = shipperHandler(toElasticsearchFailure, async ({ path }) => {
  if (setupAnswer(path) === null) throw new ExpectedError('not-found', NOTHING_ELSE)
  return elasticsearchAnswer('{"acknowledged":true}')
})

const NOTHING_ELSE =
  'This is Cordon, which takes in events as Elasticsearch does (_bulk) and does nothing else of it.'

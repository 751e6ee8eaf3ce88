import { ExpectedError } from '@/lib/errors'
import { toErrorResponse } from '@/lib/http/error-response'

/** What is at no address of the API, told as its other failures are; a page of its own would be no answer to a program. */
function nowhere(request: Request): Response {
  const failure = new ExpectedError(
    'not-found',
    'There is nothing at this address. GET /api/openapi.json describes what there is.',
  )
  return toErrorResponse(failure, request)
}

export const GET = nowhere
export const POST = nowhere
export const PUT = nowhere
export const PATCH = nowhere
export const DELETE = nowhere

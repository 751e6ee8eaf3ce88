import type { ExpectedError } from '@/lib/errors'
import { isForOperator, logFault, RETRY_AFTER, toExpected } from './failure'
import { STATUS } from './status'

/** The response to a failure. */
export function toErrorResponse(error: unknown, request: Request): Response {
  const known = toExpected(error)
  if (isForOperator(known)) logFault(error, request)
  if (known !== null) return answerExpected(known)
  const body = { error: { code: 'internal', message: 'Something went wrong on our side; it was logged.' } }
  return Response.json(body, { status: 500 })
}

function answerExpected({ code, message }: ExpectedError): Response {
  const headers = code === 'busy' || code === 'unavailable' ? RETRY_AFTER : undefined
  return Response.json({ error: { code, message } }, { status: STATUS[code], ...(headers && { headers }) })
}

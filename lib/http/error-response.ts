import type { ErrorCode, ExpectedError } from '@/lib/errors'
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
  return Response.json({ error: { code, message } }, { status: STATUS[code], headers: headersOf(code) })
}

function headersOf(code: ErrorCode): HeadersInit {
  if (code === 'busy' || code === 'unavailable') return RETRY_AFTER
  // RFC 9110, 15.5.2; no browser asks anybody for a Bearer token
  return code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}
}

import type { ExpectedError } from '@/lib/errors'
import { RETRY_AFTER } from './failure'
import type { ToFailure } from './shipper-handler'
import { STATUS } from './status'

/** What the HTTP Event Collector answers, by its code (Splunk, "Troubleshoot HTTP Event Collector"). */
const CODES = {
  0: { status: 200, text: 'Success' },
  1: { status: 403, text: 'Token disabled' },
  2: { status: 401, text: 'Token is required' },
  3: { status: 401, text: 'Invalid authorization' },
  5: { status: 400, text: 'No data' },
  6: { status: 400, text: 'Invalid data format' },
  8: { status: 500, text: 'Internal server error' },
  9: { status: 503, text: 'Server is busy' },
  12: { status: 400, text: 'Event field is required' },
  13: { status: 400, text: 'Event field cannot be blank' },
  14: { status: 400, text: 'ACK is disabled' },
  16: { status: 400, text: 'Query string authorization is not enabled' },
  17: { status: 200, text: 'HEC is healthy' },
  18: { status: 503, text: 'HEC is unhealthy, queues are full' },
  27: { status: 413, text: 'Request entity too large' },
} as const
export type HecCode = keyof typeof CODES

/** The collector's answer for a code; `more` says what it has no code for. */
export function hecAnswer(code: HecCode, more: Record<string, unknown> = {}, status?: number): Response {
  const { text, status: usual } = CODES[code]
  return Response.json(
    { text, code, ...more },
    {
      status: status ?? usual,
      headers: { 'cache-control': 'no-store', ...(usual === 503 && RETRY_AFTER) },
    },
  )
}

/**
 * Busy is 503 as at Splunk itself, not 429: widespread senders take any 4xx of a collector for final and drop what they had.
 */
export const toHecFailure: ToFailure = (error, request) => {
  if (error === null) return hecAnswer(8)
  switch (error.code) {
    case 'unauthenticated':
      return hecAnswer(unauthenticatedCode(request))
    case 'forbidden':
      return hecAnswer(1, detail(error))
    case 'busy':
      return hecAnswer(9)
    case 'too-large':
      return hecAnswer(27, detail(error))
    case 'too-slow':
    case 'stopped':
    case 'unavailable':
      // 503: what sends slowly, or while the database is away, should send again
      return hecAnswer(9, detail(error))
    default:
      return hecAnswer(6, detail(error), STATUS[error.code])
  }
}

function detail({ message }: ExpectedError) {
  return { detail: message }
}

/** A key in the address would end up in logs of every proxy on the way: it is refused with the collector's own words. */
function unauthenticatedCode(request: Request): HecCode {
  if (request.headers.get('authorization') !== null) return 3
  return new URL(request.url).searchParams.has('token') ? 16 : 2
}

import type { ErrorCode } from '@/lib/errors'
import { RETRY_AFTER } from './failure'
import type { ToFailure } from './shipper-handler'
import { STATUS } from './status'

/** Clients of Elasticsearch refuse an answer without it. */
const PRODUCT = { 'x-elastic-product': 'Elasticsearch' }

/** The names that Elasticsearch gives to what went wrong. */
const TYPES: Record<ErrorCode, string> = {
  'invalid-input': 'illegal_argument_exception',
  unauthenticated: 'security_exception',
  'stale-session': 'security_exception',
  forbidden: 'security_exception',
  'not-found': 'resource_not_found_exception',
  conflict: 'version_conflict_engine_exception',
  'too-slow': 'receive_timeout_exception',
  'too-large': 'content_too_long_exception',
  'unsupported-encoding': 'media_type_header_exception',
  busy: 'es_rejected_execution_exception',
  stopped: 'process_cluster_event_timeout_exception',
  unavailable: 'process_cluster_event_timeout_exception',
}

/** A JSON answer as Elasticsearch gives it: compact, and with its product header. */
export function elasticsearchAnswer(body: string, status = 200, headers: HeadersInit = {}): Response {
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...PRODUCT, ...headers },
  })
}

/** Faults are 503: clients try again, and lose nothing. */
export const toElasticsearchFailure: ToFailure = (error) => {
  const code = error?.code ?? 'unavailable'
  const cause = {
    type: TYPES[code],
    reason: error?.message ?? 'Something went wrong on our side; it was logged.',
  }
  const status = STATUS[code]
  const body = JSON.stringify({ error: { root_cause: [cause], ...cause }, status })
  return elasticsearchAnswer(body, status, {
    ...(code === 'unauthenticated' && {
      'www-authenticate': 'ApiKey, Basic realm="security", charset="UTF-8"',
    }),
    ...(status >= 429 && RETRY_AFTER),
  })
}

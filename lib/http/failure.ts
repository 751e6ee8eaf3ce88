import { log } from '@/lib/log'

/** Seconds: a batch is written in less. */
export const RETRY_AFTER = { 'retry-after': '5' }

/** Logs a failure that nobody expected; a sender who went away in the middle is none of ours. */
export function logFault(error: unknown, request: Request): void {
  const where = { err: error, method: request.method, path: new URL(request.url).pathname }
  if (request.signal.aborted) log().info(where, 'the sender went away')
  else log().error(where, 'request failed')
}

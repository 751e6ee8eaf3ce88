import { env } from '@/lib/env'
import { ExpectedError, isStopped, StoppedError, toUnavailable } from '@/lib/errors'
import { log } from '@/lib/log'

/** Seconds: a batch is written in less. */
export const RETRY_AFTER = { 'retry-after': '5' }

/** Logs a failure that nobody expected; a sender who went away in the middle is none of ours. */
export function logFault(error: unknown, request: Request): void {
  const where = { err: error, method: request.method, path: new URL(request.url).pathname }
  if (request.signal.aborted) log().info(where, 'the sender went away')
  else log().error(where, 'request failed')
}

/** What whoever asked is told, also where the database could not do its work, or not in time; null = a fault of ours. */
export function toExpected(error: unknown): ExpectedError | null {
  if (error instanceof ExpectedError) return error
  if (isStopped(error)) return new StoppedError(env('CORDON_STATEMENT_SECONDS'), { cause: error })
  return toUnavailable(error)
}

/** Whether whoever runs this has to read of it, too: faults of ours, and what the database could not do. */
export function isForOperator(known: ExpectedError | null): boolean {
  return known === null || known.code === 'stopped' || known.code === 'unavailable'
}

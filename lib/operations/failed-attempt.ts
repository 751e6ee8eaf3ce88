import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'
import { retryAfterSeconds } from '@/lib/pipeline/decision/notification'

/**
 * What is told of an attempt to bring something somewhere that failed, and after how many seconds it is tried again; null = no more. Faults of
 * ours are logged, as of `what`. `attempts`: how often it was tried.
 */
export function failedAttempt(
  error: unknown,
  attempts: number,
  what: Record<string, string>,
): { error: string; retrySeconds: number | null } {
  if (!(error instanceof ExpectedError)) {
    log().error({ err: error, ...what }, 'an attempt to send failed')
    return { error: 'It failed on our side; it was logged.', retrySeconds: retryAfterSeconds(attempts) }
  }
  // what is not there, or not allowed, is so the next time too
  const isFinal = error.code === 'not-found' || error.code === 'forbidden'
  return { error: error.message, retrySeconds: isFinal ? null : retryAfterSeconds(attempts) }
}

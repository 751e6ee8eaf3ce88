import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'
import { toDatabaseFailure } from './failure'

/** What a server action answers: `message` is safe to show. `stale`: it needs a fresh proof of who asks (`requireFreshSession`). */
export type ActionResult<T = undefined> =
  | { ok: true; value: T }
  | { ok: false; message: string; stale?: true }

/** Runs a server action's work; expected failures become a message, bugs are logged without detail. Next's own signals pass. */
export async function actionResult<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof ExpectedError)
      return {
        ok: false,
        message: error.message,
        ...(error.code === 'stale-session' && { stale: true as const }),
      }
    // redirect() and forbidden() work by throwing
    if (error instanceof Error && 'digest' in error) throw error
    log().error({ err: error }, 'action failed')
    const known = toDatabaseFailure(error)
    return {
      ok: false,
      message: known?.message ?? 'Something went wrong on our side; it was logged. Nothing was changed.',
    }
  }
}

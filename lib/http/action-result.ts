import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'
import { isForOperator, toExpected } from './failure'

/** What a server action answers: `message` is safe to show. `stale`: it needs a fresh proof of who asks (`requireFreshSession`). */
export type ActionResult<T = undefined> =
  | { ok: true; value: T }
  | { ok: false; message: string; stale?: true }

/** Runs a server action's work; expected failures become a message, bugs are logged without detail. Next's own signals pass. */
export async function actionResult<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    // redirect() and forbidden() work by throwing
    if (!(error instanceof ExpectedError) && error instanceof Error && 'digest' in error) throw error
    const known = toExpected(error)
    if (isForOperator(known)) log().error({ err: error }, 'action failed')
    return {
      ok: false,
      message: known?.message ?? 'Something went wrong on our side; it was logged. Nothing was changed.',
      ...(known?.code === 'stale-session' && { stale: true as const }),
    }
  }
}

import { ExpectedError } from '@/lib/errors'
import { log } from '@/lib/log'

/** What a server action answers: `message` is safe to show. */
export type ActionResult<T = undefined> = { ok: true; value: T } | { ok: false; message: string }

/** Runs a server action's work; expected failures become a message, bugs are logged without detail. Next's own signals pass. */
export async function actionResult<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (error instanceof ExpectedError) return { ok: false, message: error.message }
    // redirect() and forbidden() work by throwing
    if (error instanceof Error && 'digest' in error) throw error
    log().error({ err: error }, 'action failed')
    return { ok: false, message: 'Something went wrong on our side; it was logged. Nothing was changed.' }
  }
}

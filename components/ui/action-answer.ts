/** What a server action answers. */
export type ActionAnswer<T> =
  | { ok: true; value: T }
  /** `unreached`: the server did not answer. A page that is asked for anew then would be lost to the browser's own error page. */
  | { ok: false; message: string; stale?: true; unreached?: true }

/** A server that cannot be reached is told like any other failure. What Next says by throwing (a redirect) passes. */
export async function answerOf<T>(action: () => Promise<ActionAnswer<T>>): Promise<ActionAnswer<T>> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_')) throw error
    return {
      ok: false,
      unreached: true,
      message: 'The server did not answer. Nothing was changed as far as is known: look at the page again.',
    }
  }
}

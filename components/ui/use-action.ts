'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useProveIdentity } from './prove-identity'
import { useToast } from './toast'

export type ActionAnswer<T> =
  | { ok: true; value: T }
  /** `unreached`: the server did not answer. A page that is asked for anew then would be lost to the browser's own error page. */
  | { ok: false; message: string; stale?: true; unreached?: true }

type UseAction = {
  /** Answers whether it succeeded; `done` is what to say then. */
  run: <T>(action: () => Promise<ActionAnswer<T>>, done: string) => Promise<ActionAnswer<T>>
  busy: boolean
}

/** Runs a server action (`useProven`), says how it went, and shows the page anew. */
export function useAction(): UseAction {
  const toast = useToast()
  const router = useRouter()
  const proven = useProven()
  const [busy, setBusy] = useState(false)
  const run: UseAction['run'] = async (action, done) => {
    setBusy(true)
    const answer = await proven(action).finally(() => setBusy(false))
    toast(answer.ok ? done : answer.message, answer.ok ? 'good' : 'bad')
    if (answer.ok || !answer.unreached) router.refresh()
    return answer
  }
  return { run, busy }
}

/** Runs a server action; where it needs a fresh proof of who the person is, asks for one and runs it again. */
export function useProven(): <T>(action: () => Promise<ActionAnswer<T>>) => Promise<ActionAnswer<T>> {
  const proveIdentity = useProveIdentity()
  return async (action) => {
    const first = await answerOf(action)
    return !first.ok && first.stale && (await proveIdentity()) ? await answerOf(action) : first
  }
}

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

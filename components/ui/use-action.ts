'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ActionAnswer, answerOf } from './action-answer'
import { useProveIdentity } from './prove-identity'
import { useToast } from './toast'

type UseAction = {
  /** Answers whether it succeeded; `done` is what to say then, `what` as of useProven. */
  run: <T>(action: () => Promise<ActionAnswer<T>>, done: string, what?: string) => Promise<ActionAnswer<T>>
  busy: boolean
}

/** Runs a server action (`useProven`), says how it went, and shows the page anew. */
export function useAction(): UseAction {
  const toast = useToast()
  const router = useRouter()
  const proven = useProven()
  const [busy, setBusy] = useState(false)
  const run: UseAction['run'] = async (action, done, what) => {
    setBusy(true)
    const answer = await proven(action, what).finally(() => setBusy(false))
    toast(answer.ok ? done : answer.message, answer.ok ? 'good' : 'bad')
    if (answer.ok || !answer.unreached) router.refresh()
    return answer
  }
  return { run, busy }
}

type Proven = <T>(action: () => Promise<ActionAnswer<T>>, what?: string) => Promise<ActionAnswer<T>>

/**
 * Runs a server action; where it needs a fresh proof of who the person is, asks for one and runs it again. `what`: what they then confirm, which the
 * question would otherwise hide: 'Revoke the key of the collectors'.
 */
export function useProven(): Proven {
  const proveIdentity = useProveIdentity()
  return async (action, what) => {
    const first = await answerOf(action)
    return !first.ok && first.stale && (await proveIdentity(what)) ? await answerOf(action) : first
  }
}

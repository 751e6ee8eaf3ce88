'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type ActionAnswer, answerOf } from './action-answer'
import { useProveIdentity } from './prove-identity'
import { useToast } from './toast'

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

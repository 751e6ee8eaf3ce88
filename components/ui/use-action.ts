'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useToast } from './toast'

type ActionAnswer<T> = { ok: true; value: T } | { ok: false; message: string }

type UseAction = {
  /** Answers whether it succeeded; `done` is what to say then. */
  run: <T>(action: () => Promise<ActionAnswer<T>>, done: string) => Promise<ActionAnswer<T>>
  busy: boolean
}

/** Runs a server action, says how it went, and shows the page anew. */
export function useAction(): UseAction {
  const toast = useToast()
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const run: UseAction['run'] = async (action, done) => {
    setBusy(true)
    const answer = await action().finally(() => setBusy(false))
    toast(answer.ok ? done : answer.message, answer.ok ? 'good' : 'bad')
    router.refresh()
    return answer
  }
  return { run, busy }
}

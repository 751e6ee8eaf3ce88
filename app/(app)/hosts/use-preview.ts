'use client'

import { useState } from 'react'
import { type ActionAnswer, answerOf } from '@/components/ui/action-answer'
import { useToast } from '@/components/ui/toast'

/** What a change would do, asked before somebody confirms it: `preview` is there while it is to be shown. */
export function usePreview<T>(ask: () => Promise<ActionAnswer<T>>) {
  const [preview, setPreview] = useState<T | null>(null)
  const [busy, setBusy] = useState(false)
  const toast = useToast()
  const open = async () => {
    setBusy(true)
    const answer = await answerOf(ask).finally(() => setBusy(false))
    if (answer.ok) setPreview(answer.value)
    else toast(answer.message, 'bad')
  }
  return { preview, busy, open, close: () => setPreview(null) }
}

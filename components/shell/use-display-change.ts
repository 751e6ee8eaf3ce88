'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { answerOf } from '@/components/ui/action-answer'
import { type Display, useDisplay } from '@/components/ui/display'
import { useToast } from '@/components/ui/toast'

type DisplayChange = { change: (changes: Partial<Display>) => void; pending: boolean }

/** Keeps how somebody likes to read, and shows the page so. */
export function useDisplayChange(save: (display: Display) => Promise<void>): DisplayChange {
  const display = useDisplay()
  const router = useRouter()
  const toast = useToast()
  const [pending, startTransition] = useTransition()
  const change = (changes: Partial<Display>) => {
    startTransition(async () => {
      const saved = async () => ({ ok: true, value: await save({ ...display, ...changes }) }) as const
      const answer = await answerOf(saved)
      // thrown here, it would take the page away and what is typed in it
      if (answer.ok) router.refresh()
      else toast(answer.message, 'bad')
    })
  }
  return { change, pending }
}

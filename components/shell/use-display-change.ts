'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { type Display, useDisplay } from '@/components/ui/display'

type DisplayChange = { change: (changes: Partial<Display>) => void; pending: boolean }

/** Keeps how somebody likes to read, and shows the page so. */
export function useDisplayChange(save: (display: Display) => Promise<void>): DisplayChange {
  const display = useDisplay()
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const change = (changes: Partial<Display>) => {
    startTransition(async () => {
      await save({ ...display, ...changes })
      router.refresh()
    })
  }
  return { change, pending }
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { isTyping } from '@/components/ui/is-typing'
import { PLACES } from './navigation'

/** How long after `g` its letter counts. */
const CHORD_MS = 1200

type Handlers = { onSearch: () => void; onShortcuts: () => void; toStart: (href: string) => string }

/** Ctrl K, ?, / and g followed by a page's letter. */
export function useShortcuts({ onSearch, onShortcuts, toStart }: Handlers): void {
  const router = useRouter()
  const goPressedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const plain = (event: KeyboardEvent): (() => void) | null => {
      if (event.timeStamp - goPressedAt.current < CHORD_MS) {
        goPressedAt.current = Number.NEGATIVE_INFINITY
        const page = PLACES.find((item) => item.key === event.key)
        return page ? () => router.push(toStart(page.href)) : null
      }
      switch (event.key) {
        case 'g':
          return () => {
            goPressedAt.current = event.timeStamp
          }
        case '?':
          return onShortcuts
        case '/':
          return focusSearch
        default:
          return null
      }
    }
    const onKey = (event: KeyboardEvent) => {
      const control = event.ctrlKey || event.metaKey
      const action =
        control && event.key === 'k'
          ? onSearch
          : control || event.altKey || isTyping(event)
            ? null
            : plain(event)
      if (action === null) return
      event.preventDefault()
      action()
    }
    // before the table's own keys: the letter after g is not theirs
    document.addEventListener('keydown', onKey, { capture: true })
    return () => document.removeEventListener('keydown', onKey, { capture: true })
  }, [router, onSearch, onShortcuts, toStart])
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('main input[type=search]')?.focus()
}

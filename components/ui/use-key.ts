'use client'

import { useEffect, useRef } from 'react'
import { isTyping } from './is-typing'

/** Calls back when a key is pressed alone, wherever the focus is but in fields, menus and dialogs. null = not now. */
export function useKey(key: string, onPress: (() => void) | null): void {
  const current = useRef(onPress)
  useEffect(() => {
    current.current = onPress
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey
      if (event.key !== key || modified || event.defaultPrevented || isTyping(event)) return
      if (current.current === null) return
      event.preventDefault()
      current.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [key])
}

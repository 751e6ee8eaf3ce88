'use client'

import { useEffect } from 'react'

/** What is not sent yet waits until the same file is chosen again. */
export function useWarnBeforeLeaving(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsent])
}

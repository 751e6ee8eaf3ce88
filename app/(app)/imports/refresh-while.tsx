'use client'

import { useEffect } from 'react'
import { useRefresh } from '@/components/shell/use-refresh'

const REFRESH_MS = 3_000

/** Shows the page anew every few seconds while what it shows moves and somebody may look. */
export function RefreshWhile({ moving }: { moving: boolean }) {
  const refresh = useRefresh()
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh()
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [moving, refresh])
  return null
}

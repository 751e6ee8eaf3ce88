'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { REFRESH_MARK, REFRESH_MARK_SECONDS } from '@/lib/pipeline/refresh-mark'
import { useIsConnected } from './live'

/**
 * Shows the page anew without anybody having asked for it: marked, so that an unattended browser is idle. What somebody asked for is router.refresh().
 * Nothing while the server cannot be reached: the page would be lost to the browser's own error page.
 */
export function useRefresh(): () => void {
  const router = useRouter()
  const connected = useIsConnected()
  const isConnected = useRef(connected)
  useEffect(() => {
    isConnected.current = connected
  })
  return useCallback(() => {
    if (!isConnected.current()) return
    mark(REFRESH_MARK_SECONDS)
    router.refresh()
  }, [router])
}

/** What somebody does in any window is theirs: what is asked from then on is use, until a page asks for itself anew again. */
export function useActing(): void {
  useEffect(() => {
    const act = () => mark(0)
    const options = { capture: true, passive: true }
    window.addEventListener('pointerdown', act, options)
    window.addEventListener('keydown', act, options)
    return () => {
      window.removeEventListener('pointerdown', act, options)
      window.removeEventListener('keydown', act, options)
    }
  }, [])
}

/** All windows have one mark. */
function mark(seconds: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: browsers have the Cookie Store API over TLS alone, and answer it later
  document.cookie = `${REFRESH_MARK}=1; path=/; max-age=${seconds}; samesite=strict`
}

'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { REFRESH_MARK, REFRESH_MARK_SECONDS } from '@/lib/pipeline/refresh-mark'

/** Shows the page anew without anybody having asked for it: marked, so that an unattended browser is idle. What somebody asked for is router.refresh(). */
export function useRefresh(): () => void {
  const router = useRouter()
  return useCallback(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: browsers have the Cookie Store API over TLS alone, and answer it later
    document.cookie = `${REFRESH_MARK}=1; path=/; max-age=${REFRESH_MARK_SECONDS}; samesite=strict`
    router.refresh()
  }, [router])
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const REFRESH_MS = 3_000

/** Shows the page anew every few seconds while what it shows moves. */
export function RefreshWhile({ moving }: { moving: boolean }) {
  const router = useRouter()
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => router.refresh(), REFRESH_MS)
    return () => clearInterval(timer)
  }, [moving, router])
  return null
}

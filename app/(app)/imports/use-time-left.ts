'use client'

import { useEffect, useState } from 'react'
import { addSample, leftWords, type Sample, secondsLeft } from './time-left'

/** ' · 3 min left' while `done` grows towards `total`; '' while that is not known. */
export function useTimeLeft(done: number, total: number): string {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  useEffect(() => {
    setSamples((all) => addSample(all, { atMs: performance.now(), done }))
  }, [done])
  const seconds = done >= total ? null : secondsLeft(samples, total)
  return seconds === null ? '' : ` · ${leftWords(seconds)}`
}

'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'
import { useLive } from './live'

/** What `GET /api/waiting` answers. */
export type Waiting = {
  openDeviations: number
  awaitingDecisions: number
  unreadNotifications: number
  assignedDeviations: number
}

const WaitingContext = createContext<Waiting>({
  openDeviations: 0,
  awaitingDecisions: 0,
  unreadNotifications: 0,
  assignedDeviations: 0,
})

/** Keeps the counts of what waits up to date while the page is open. */
export function WaitingProvider({ initial, children }: { initial: Waiting; children: ReactNode }) {
  const [latest, setLatest] = useState({ initial, waiting: initial })
  // a page that was rendered since knows better
  const waiting = latest.initial === initial ? latest.waiting : initial
  useLive(['deviation', 'decision', 'notification'], async () => {
    const read = await readWaiting()
    if (read !== null) setLatest({ initial, waiting: read })
  })
  return <WaitingContext value={waiting}>{children}</WaitingContext>
}

export function useWaiting(): Waiting {
  return useContext(WaitingContext)
}

/** null when the server does not answer: the counts then stay as they were. */
async function readWaiting(): Promise<Waiting | null> {
  try {
    const response = await fetch('/api/waiting')
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

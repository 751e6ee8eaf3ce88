'use client'

import { createContext, type ReactNode, useContext } from 'react'

/** How the reader likes to read. */
export type Display = {
  theme: 'system' | 'light' | 'dark'
  density: 'comfortable' | 'compact'
  timeZone: 'utc' | 'local'
}

const DisplayContext = createContext<Display>({ theme: 'system', density: 'comfortable', timeZone: 'utc' })

export function DisplayProvider({ display, children }: { display: Display; children: ReactNode }) {
  return <DisplayContext value={display}>{children}</DisplayContext>
}

export function useDisplay(): Display {
  return useContext(DisplayContext)
}

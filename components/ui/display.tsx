'use client'

import { createContext, type ReactNode, useContext } from 'react'

/** How the reader likes to read. */
export type Display = {
  theme: 'system' | 'light' | 'dark'
  density: 'comfortable' | 'compact'
  /** 'utc', 'local' (this browser's) or a name of the IANA database. */
  timeZone: string
}

const DisplayContext = createContext<Display>({ theme: 'system', density: 'comfortable', timeZone: 'utc' })

export function DisplayProvider({ display, children }: { display: Display; children: ReactNode }) {
  return <DisplayContext value={display}>{children}</DisplayContext>
}

export function useDisplay(): Display {
  return useContext(DisplayContext)
}

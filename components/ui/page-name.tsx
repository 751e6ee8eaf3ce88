'use client'

import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react'

const NameContext = createContext<string | null>(null)
const SetNameContext = createContext<(name: string | null) => void>(() => undefined)

/** Lets what is open tell the shell around it what it is called. */
export function PageNameProvider({ children }: { children: ReactNode }) {
  const [name, setName] = useState<string | null>(null)
  return (
    <SetNameContext value={setName}>
      <NameContext value={name}>{children}</NameContext>
    </SetNameContext>
  )
}

/** What the open page calls that of which its address has an id; null = it says nothing. */
export function usePageName(): string | null {
  return useContext(NameContext)
}

/** Says what that is called of which a page's address has an id, as long as it is open: with the page, before the browser paints it. */
export function PageName({ name }: { name: string }) {
  const setName = useContext(SetNameContext)
  useLayoutEffect(() => {
    setName(name)
    return () => setName(null)
  }, [name, setName])
  return null
}

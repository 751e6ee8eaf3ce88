'use client'

import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'

const PREFIX = 'cordon-draft'
/** Longer than a weekend and a week away; nobody comes back to what is older. */
const KEPT_MS = 14 * 86_400_000

const OwnerContext = createContext('')

/** Whose drafts the forms below keep: other people of the same browser do not see them. */
export function DraftsProvider({ owner, children }: { owner: string; children: ReactNode }) {
  useEffect(forgetOld, [])
  return <OwnerContext value={owner}>{children}</OwnerContext>
}

type Draft = {
  text: string
  /** It was written before this page was opened. */
  restored: boolean
  setText: (text: string) => void
  /** It was sent, or is not wanted any more. */
  discard: () => void
}

/** A text that survives a reload and a closed window, in this browser, until it is discarded. `name`: what it is about. */
export function useDraft(name: string): Draft {
  const key = `${PREFIX}:${useContext(OwnerContext)}:${name}`
  const [draft, setDraft] = useState({ text: '', restored: false })
  useEffect(() => {
    const text = read(key)
    setDraft({ text, restored: text !== '' })
  }, [key])
  const setText = useCallback(
    (text: string) => {
      setDraft((before) => ({ ...before, text }))
      write(key, text)
    },
    [key],
  )
  const discard = useCallback(() => {
    setDraft({ text: '', restored: false })
    write(key, '')
  }, [key])
  return { ...draft, setText, discard }
}

type DraftFields<T> = {
  values: T
  /** They were filled in before this page was opened. */
  restored: boolean
  set: (change: Partial<T>) => void
  /** They were sent, or are not wanted any more: the form is as it began. */
  discard: () => void
}

/**
 * The fields of a form, kept as a text is (`useDraft`), while the form begins with the same values. `drifting`: fields that begin with another
 * value another day.
 */
export function useDraftFields<T extends object>(
  name: string,
  initial: T,
  drifting: readonly (keyof T & string)[] = [],
): DraftFields<T> {
  const key = `${PREFIX}:${useContext(OwnerContext)}:${name}`
  const begun = JSON.stringify({ ...initial, ...Object.fromEntries(drifting.map((field) => [field, null])) })
  const [fields, setFields] = useState({ values: initial, restored: false })
  const current = useRef(initial)
  const show = useCallback((values: T, restored: boolean) => {
    current.current = values
    setFields({ values, restored })
  }, [])
  useEffect(() => {
    const kept = parseFields<T>(read(key), begun)
    if (kept !== null) show(kept, true)
  }, [key, begun, show])
  const set = (change: Partial<T>) => {
    show({ ...current.current, ...change }, fields.restored)
    write(key, JSON.stringify({ begun, values: current.current }))
  }
  const discard = () => {
    show(initial, false)
    write(key, '')
  }
  return { ...fields, set, discard }
}

function parseFields<T>(text: string, begun: string): T | null {
  const kept = quietly(() => JSON.parse(text), null)
  // written by this function, in this browser
  return kept?.begun === begun ? (kept.values as T) : null
}

/** Takes away what is left of somebody who signs out. */
export function forgetDrafts(owner: string): void {
  forget((key) => key.startsWith(`${PREFIX}:${owner}:`))
}

function forgetOld(): void {
  forget((key) => key.startsWith(`${PREFIX}:`) && !(Date.now() - (parse(key)?.at ?? 0) < KEPT_MS))
}

/** A browser that keeps nothing keeps no drafts: the forms work all the same. */
function quietly<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    return otherwise
  }
}

function forget(isOld: (key: string) => boolean): void {
  quietly(() => {
    for (const key of Object.keys(localStorage)) if (isOld(key)) localStorage.removeItem(key)
  }, undefined)
}

function parse(key: string): { text: string; at: number } | null {
  return quietly(() => JSON.parse(localStorage.getItem(key) ?? 'null'), null)
}

function read(key: string): string {
  const text = parse(key)?.text
  return typeof text === 'string' ? text : ''
}

function write(key: string, text: string): void {
  quietly(() => {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ text, at: Date.now() }))
  }, undefined)
}

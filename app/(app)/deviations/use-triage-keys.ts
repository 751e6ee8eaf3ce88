'use client'

import { useEffect, useRef } from 'react'
import { areDetailsComing } from '@/components/table/use-open-row'
import { isTyping } from '@/components/ui/is-typing'

export type TriageKeys = {
  onExpected: () => void
  onFlag: () => void
  onMalicious: () => void
  onTest: () => void
  onAssign: () => void
  onNote?: () => void
  onUndo: () => void
  onOpen?: () => void
}

const ACTIONS: Readonly<Record<string, keyof TriageKeys>> = {
  e: 'onExpected',
  f: 'onFlag',
  m: 'onMalicious',
  t: 'onTest',
  a: 'onAssign',
  c: 'onNote',
  u: 'onUndo',
  o: 'onOpen',
}

/** The letters of triage, wherever the focus is but in fields, menus and dialogs. null = not now. A list and a panel over it agree by `isMine`. */
export function useTriageKeys(keys: (TriageKeys & { isMine: () => boolean }) | null): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = ACTIONS[event.key]
      if (action === undefined || isForSomethingElse(event) || !current.current?.isMine()) return
      const act = current.current[action]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)
}

/** Place of the row that has the focus or whose details are on their way, from 0; null where none has. */
export function focusedRow(): number | null {
  const row = areDetailsComing()
    ? document.querySelector('[data-row][data-open]')
    : document.activeElement?.closest('[data-row]')
  const index = Number(row?.getAttribute('aria-rowindex') ?? Number.NaN) - 2
  return Number.isInteger(index) && index >= 0 ? index : null
}

'use client'

import { useEffect, useRef } from 'react'
import { isTyping } from '@/components/ui/is-typing'

export type TriageKeys = {
  onExpected: () => void
  onFlag: () => void
  onMalicious: () => void
  onTest: () => void
  onAssign: () => void
  onUndo: () => void
  onOpen: () => void
}

const ACTIONS: Readonly<Record<string, keyof TriageKeys>> = {
  e: 'onExpected',
  f: 'onFlag',
  m: 'onMalicious',
  t: 'onTest',
  a: 'onAssign',
  u: 'onUndo',
  o: 'onOpen',
}

/** The letters of triage, wherever the focus is but in fields, menus and dialogs. null = not now. */
export function useTriageKeys(keys: TriageKeys | null): void {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = ACTIONS[event.key]
      if (action === undefined || current.current === null || isForSomethingElse(event)) return
      event.preventDefault()
      current.current[action]()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)
}

/** Place of the row that has the focus, from 0; null where none has. */
export function focusedRow(): number | null {
  const row = document.activeElement?.closest('[data-row]')
  const index = Number(row?.getAttribute('aria-rowindex') ?? Number.NaN) - 2
  return Number.isInteger(index) && index >= 0 ? index : null
}

/** Gives the focus to the row at a place, or the last one. */
export function focusRow(index: number): void {
  const rows = document.querySelectorAll<HTMLElement>('[data-table] [data-row]')
  const at = [...rows].find((row) => row.getAttribute('aria-rowindex') === String(index + 2))
  const row = at ?? rows[rows.length - 1]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

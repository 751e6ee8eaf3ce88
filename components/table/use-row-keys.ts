'use client'

import { type RefObject, useEffect, useRef } from 'react'
import { isTyping } from '@/components/ui/is-typing'

const STEPS: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1 }

/**
 * j and k (or the arrows, once a row has the focus) move over the rows, Enter opens, x selects. While details are open over the list, j and k
 * open the next (`stepOpen`, which answers whether any are).
 */
export function useRowKeys(
  container: RefObject<HTMLElement | null>,
  stepOpen: (step: 1 | -1) => boolean,
): void {
  const stepping = useRef(stepOpen)
  useEffect(() => {
    stepping.current = stepOpen
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const table = container.current
      if (table === null || !isFor(event, table)) return
      const step = STEPS[event.key]
      if ((step !== undefined && stepping.current(step)) || handle(event.key, table)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [container])
}

/** With the focus nowhere or in the details over the list, the page's first table listens. */
function isFor(event: KeyboardEvent, table: HTMLElement): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event))
    return false
  const focused = document.activeElement
  if (focused === null || focused === document.body || focused.closest('[data-details]') !== null)
    return document.querySelector('[data-table]') === table
  return table.contains(focused)
}

/** Whether the key meant something here. */
function handle(key: string, table: HTMLElement): boolean {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]') ?? null
  switch (key) {
    case 'j':
    case 'k':
      return move(table, row, STEPS[key] ?? 1)
    case 'ArrowDown':
      return row !== null && move(table, row, 1)
    case 'ArrowUp':
      return row !== null && move(table, row, -1)
    case 'Enter':
      return row !== null && row === document.activeElement && click(row, '[data-row-link]')
    case 'x':
      return row !== null && click(row, 'input[type=checkbox]')
    default:
      return false
  }
}

function move(table: HTMLElement, from: HTMLElement | null, step: 1 | -1): boolean {
  const rows = [...table.querySelectorAll<HTMLElement>('[data-row]')]
  const next = from === null ? rows[0] : rows[rows.indexOf(from) + step]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
  return true
}

function click(row: HTMLElement, selector: string): boolean {
  const target = row.querySelector<HTMLElement>(selector)
  target?.click()
  return target !== null
}

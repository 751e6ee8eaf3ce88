'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useRef } from 'react'
import { useTableUrl } from './use-table-url'

type OpenRowOptions<Row> = {
  rows: readonly Row[]
  rowId: (row: Row) => string
  rowHref?: ((row: Row) => string) | undefined
  /** The row whose details the page shows; undefined where rows lead to pages of their own. */
  openRowId?: string | null | undefined
}

export type OpenRow<Row> = {
  /** What is open or on its way: the page follows the server, this follows the person. */
  shownId: string | null
  /** The row whose details are on their way. */
  coming: Row | null
  open: (row: Row) => void
  /** Opens the neighbour of what is open; false where nothing is. */
  step: (step: 1 | -1) => boolean
}

/** Details over a list: which row they are of, before the server has them, and the row that follows when that one has left the list. */
export function useOpenRow<Row>({ rows, rowId, rowHref, openRowId }: OpenRowOptions<Row>): OpenRow<Row> {
  const router = useRouter()
  const url = useTableUrl()
  const shownId = openRowId === undefined ? null : url.openId
  const at = rows.findIndex((row) => rowId(row) === shownId)
  const place = usePlace(at, openRowId ?? null)
  const open = (row: Row) => {
    if (openRowId !== undefined) return url.open(rowId(row))
    const href = rowHref?.(row)
    if (href !== undefined) startTransition(() => router.push(href, { scroll: false }))
  }
  const step = (by: 1 | -1) => {
    if (shownId === null) return false
    // the one after a row that left stands in its place
    const next = rows[at >= 0 ? at + by : by === 1 ? place.current : place.current - 1]
    if (next !== undefined) open(next)
    return true
  }
  return { shownId, coming: shownId === (openRowId ?? null) ? null : (rows[at] ?? null), open, step }
}

/** Where the open row stands or stood; the focus goes there when the details are closed and it is nowhere else. */
function usePlace(at: number, openRowId: string | null) {
  const place = useRef(0)
  const wasOpen = useRef(openRowId)
  useEffect(() => {
    if (at >= 0) place.current = at
  }, [at])
  useEffect(() => {
    const closed = wasOpen.current !== null && openRowId === null
    wasOpen.current = openRowId
    if (closed && document.activeElement === document.body) focusRow(place.current)
  }, [openRowId])
  return place
}

/** Whether details were asked for that the server has not answered yet: what the panel shows is about another row. */
export function areDetailsComing(): boolean {
  return document.querySelector('[data-coming]') !== null
}

/** Gives the focus to the row at a place (from 0), or the last one that is drawn. */
export function focusRow(index: number): void {
  const rows = document.querySelectorAll<HTMLElement>('[data-table] [data-row]')
  const at = [...rows].find((row) => row.getAttribute('aria-rowindex') === String(index + 2))
  const row = at ?? rows[rows.length - 1]
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

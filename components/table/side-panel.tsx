'use client'

import { Maximize2, X } from 'lucide-react'
import { type ReactNode, type RefObject, useCallback, useEffect, useId, useRef } from 'react'
import { IconButton, LinkButton } from '@/components/ui/button'
import { isTyping } from '@/components/ui/is-typing'
import { Skeleton } from '@/components/ui/skeleton'
import { useTableUrl } from './use-table-url'

type SidePanelProps = {
  /** Of the row whose details these are. */
  id: string
  title: ReactNode
  /** The same on a page of its own. */
  fullPageHref?: string
  children: ReactNode
}

const FRAME =
  'fixed top-11 right-0 bottom-0 z-20 flex w-[min(46rem,100vw)] flex-col border-l bg-canvas shadow-float outline-none'
const HEAD = 'flex min-h-11 items-center gap-2 border-b px-4 py-2'
const TITLE = 'min-w-0 flex-1 truncate font-semibold text-heading'

/** Details over the right of a list that keeps its place. The page decides by its URL whether they are there; they go before the server has the list without them, or with another row's. */
export function SidePanel({ id, title, fullPageHref, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null)
  const titleId = useId()
  // another row's are on their way, or none
  const isOver = useTableUrl().openId !== id
  const close = useClosing(panel, !isOver)
  useEffect(() => {
    if (!isOver) panel.current?.focus({ preventScroll: true })
  }, [isOver])
  if (isOver) return null
  return (
    <aside ref={panel} tabIndex={-1} data-details aria-labelledby={titleId} className={FRAME}>
      <header className={HEAD}>
        <h2 id={titleId} className={TITLE}>
          {title}
        </h2>
        {fullPageHref !== undefined && (
          <LinkButton variant="quiet" href={fullPageHref}>
            <Maximize2 aria-hidden />
            Full page
          </LinkButton>
        )}
        <IconButton label="Close (Escape)" icon={<X aria-hidden />} onClick={close} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
    </aside>
  )
}

/** Escape closes what is open or on its way, and the focus goes back to its row; in a field it leaves the field. */
function useClosing(panel: RefObject<HTMLElement | null>, isHere = true): () => void {
  const { open } = useTableUrl()
  const close = useCallback(() => {
    document.querySelector<HTMLElement>('[data-row][data-open]')?.focus({ preventScroll: true })
    open(null)
  }, [open])
  useEffect(() => {
    if (!isHere) return
    const onKey = (event: KeyboardEvent) => {
      // in a menu or dialog above it is theirs
      if (event.key !== 'Escape' || event.defaultPrevented) return
      event.preventDefault()
      if (isTyping(event)) panel.current?.focus({ preventScroll: true })
      else close()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [panel, isHere, close])
  return close
}

/** What was asked for, until the server has its details. */
export function ComingPanel({ title }: { title: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null)
  useClosing(panel)
  return (
    <div ref={panel} role="status" tabIndex={-1} data-coming aria-label="Loading details" className={FRAME}>
      <header className={HEAD}>
        <div className={TITLE}>{title}</div>
      </header>
      <div className="space-y-4 p-4">
        <Skeleton className="h-7 w-3/4" />
        <Skeleton className="h-9 w-full" />
        <Skeleton className="h-4 w-full" />
        <Skeleton className="h-40 w-full" />
        <Skeleton className="h-40 w-full" />
      </div>
    </div>
  )
}

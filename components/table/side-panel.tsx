'use client'

import { clsx } from 'clsx'
import { Maximize2, X } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useId, useRef } from 'react'
import { IconButton, LinkButton } from '@/components/ui/button'
import { isTyping } from '@/components/ui/is-typing'
import { Skeleton } from '@/components/ui/skeleton'
import { useTableUrl } from './use-table-url'

type SidePanelProps = {
  title: ReactNode
  /** The same on a page of its own. */
  fullPageHref?: string
  children: ReactNode
}

const FRAME =
  'fixed top-11 right-0 bottom-0 z-20 flex w-[min(46rem,100vw)] flex-col border-l bg-canvas shadow-float outline-none'
const HEAD = 'flex min-h-11 items-center gap-2 border-b px-4 py-2'
const TITLE = 'min-w-0 flex-1 truncate font-semibold text-heading'

/** Details over the right of a list that keeps its place. The page decides by its URL whether they are there; they close before the server has the list without them. */
export function SidePanel({ title, fullPageHref, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null)
  const titleId = useId()
  const { openId, open } = useTableUrl()
  const closed = openId === null
  const close = useCallback(() => {
    // the focus goes back to the row it was opened from
    document.querySelector<HTMLElement>('[data-row][data-open]')?.focus({ preventScroll: true })
    open(null)
  }, [open])
  useEffect(() => {
    panel.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    if (closed) return
    const onKey = (event: KeyboardEvent) => {
      // Escape in a menu or dialog above is theirs; in a field it leaves the field
      if (event.key !== 'Escape' || event.defaultPrevented) return
      if (isTyping(event)) panel.current?.focus({ preventScroll: true })
      else close()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [closed, close])
  if (closed) return null
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

/** What was asked for, until the server has its details. */
export function ComingPanel({ title }: { title: ReactNode }) {
  return (
    // over the panel of another row, which is still there
    <div role="status" data-coming aria-label="Loading details" className={clsx(FRAME, 'z-21!')}>
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

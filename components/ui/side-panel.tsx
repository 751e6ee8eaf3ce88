'use client'

import { Maximize2, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton, LinkButton } from './button'

type SidePanelProps = {
  title: ReactNode
  /** Where the list is, with its filters: closing goes there. */
  closeHref: string
  /** The same on a page of its own. */
  fullPageHref?: string
  children: ReactNode
}

/** Details over the right of a list that keeps its place; the page decides by its URL whether it is there. */
export function SidePanel({ title, closeHref, fullPageHref, children }: SidePanelProps) {
  const router = useRouter()
  const panel = useRef<HTMLElement>(null)
  const titleId = useId()
  useEffect(() => {
    panel.current?.focus({ preventScroll: true })
  }, [])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // Escape in a menu or dialog above is theirs
      if (event.key === 'Escape' && !event.defaultPrevented) router.push(closeHref, { scroll: false })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router, closeHref])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-labelledby={titleId}
      className="fixed top-11 right-0 bottom-0 z-20 flex w-[min(46rem,100vw)] flex-col border-l bg-canvas shadow-float outline-none"
    >
      <header className="flex items-center gap-2 border-b px-4 py-2">
        <h2 id={titleId} className="min-w-0 flex-1 truncate font-semibold text-heading">
          {title}
        </h2>
        {fullPageHref !== undefined && (
          <LinkButton variant="quiet" href={fullPageHref}>
            <Maximize2 aria-hidden />
            Full page
          </LinkButton>
        )}
        <IconButton
          label="Close (Escape)"
          icon={<X aria-hidden />}
          onClick={() => router.push(closeHref, { scroll: false })}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
    </aside>
  )
}

'use client'

import { clsx } from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { formatBriefly, formatNumber } from '@/components/ui/numbers'
import type { Action } from '@/lib/pipeline/decision/permissions'
import { isUnder, NAVIGATION, type NavigationItem, permitted } from './navigation'
import { useWaiting } from './waiting'

type RailProps = {
  toStart: (href: string) => string
  /** What the reader may do. */
  permissions: readonly Action[]
}

/** The left rail; on narrow screens only its icons. */
export function Rail({ toStart, permissions }: RailProps) {
  const waiting = useWaiting()
  const counts: Record<string, number> = {
    '/deviations': waiting.openDeviations,
    '/decisions': waiting.awaitingDecisions,
  }
  const path = usePathname()
  return (
    <nav
      aria-label="Main"
      className="flex w-12 shrink-0 flex-col gap-0.5 border-r bg-surface p-2 lg:w-40 print:hidden"
    >
      {permitted(NAVIGATION, permissions).map((item) => (
        <RailLink
          key={item.href}
          item={item}
          href={toStart(item.href)}
          current={isUnder(path, item.href)}
          waiting={counts[item.href] ?? 0}
        />
      ))}
    </nav>
  )
}

type RailLinkProps = { item: NavigationItem; href: string; current: boolean; waiting: number }

/** Fetched ahead once somebody is about to follow it: all of them at every opening of a page cost the server more than the page. */
function RailLink({ item, href, current, waiting }: RailLinkProps) {
  const Icon = item.icon
  const [meant, setMeant] = useState(false)
  const mean = () => setMeant(true)
  return (
    <Link
      href={href}
      prefetch={meant ? null : false}
      onMouseEnter={mean}
      onFocus={mean}
      title={`${item.label} (g ${item.key})`}
      aria-current={current ? 'page' : undefined}
      className={clsx(
        'flex h-8 items-center gap-2 rounded px-2 max-lg:justify-center max-lg:px-0',
        current ? 'bg-selected font-medium text-accent' : 'text-ink hover:bg-hover',
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="max-lg:sr-only">{item.label}</span>
      {waiting > 0 && (
        <span
          title={formatNumber(waiting)}
          className="-mr-1.5 ml-auto whitespace-nowrap rounded-sm bg-canvas px-1 text-muted text-small max-lg:hidden"
        >
          {formatBriefly(waiting)}
        </span>
      )}
    </Link>
  )
}

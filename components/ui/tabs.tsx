'use client'

import { clsx } from 'clsx'
import { usePathname } from 'next/navigation'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Link } from './link'

const TAB = '-mb-px border-b-2 px-1 py-1.5 font-medium'
const IDLE = 'border-transparent text-muted hover:text-ink'

type TabLink = { href: string; label: string; count?: string }

/** Tabs that are pages: each has its URL. The one whose path is open is current. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const path = usePathname()
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b">
      {tabs.map((tab) => {
        const current = tab.href === path
        return (
          <Link
            key={tab.href}
            href={tab.href}
            ref={current ? intoSight : null}
            aria-current={current ? 'page' : undefined}
            className={clsx(TAB, 'whitespace-nowrap', current ? 'border-accent text-ink' : IDLE)}
          >
            {tab.label}
            {tab.count !== undefined && <span className="ml-1.5 text-muted text-small">{tab.count}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

/** Of more tabs than a narrow screen shows, the current one is among those that it does. */
function intoSight(tab: HTMLElement | null) {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

type Tab = { id: string; label: string; content: ReactNode }

type TabsProps = {
  label: string
  tabs: readonly Tab[]
  /** Where somebody else keeps which one is shown. */
  shown?: string
  onShow?: (id: string) => void
}

/** Tabs within a page, such as a chart and its table. */
export function Tabs({ label, tabs, shown, onShow }: TabsProps) {
  return (
    <Radix.Root
      {...(shown === undefined ? { defaultValue: tabs[0]?.id ?? '' } : { value: shown })}
      {...(onShow !== undefined && { onValueChange: onShow })}
    >
      <Radix.List aria-label={label} className="flex flex-wrap gap-x-5 border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className={clsx(TAB, IDLE, 'data-[state=active]:border-accent data-[state=active]:text-ink')}
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.id} value={tab.id} className="pt-3">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}

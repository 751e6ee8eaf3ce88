'use client'

import clsx from 'clsx'
import { usePathname } from 'next/navigation'
import { InertText } from '@/components/command-line/inert-text'
import { Link } from '@/components/ui/link'
import { usePageName } from '@/components/ui/page-name'
import { visible } from '@/lib/pipeline/visible-text'
import { type Crumb, crumbsOf } from './crumbs'

/** Where the page is: its section, and what is open in it. */
export function Breadcrumb() {
  const path = usePathname()
  const crumbs = crumbsOf(path, usePageName())
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5">
        <li className="shrink-0 font-semibold max-sm:hidden">Cordon</li>
        {crumbs.map((crumb, at) => (
          <li
            key={crumb.href}
            // where there is little room the page's own name is the last to be cut short
            className={clsx(
              'flex min-w-0 items-center gap-1.5',
              at < crumbs.length - 1 && 'shrink-[20]',
              at < crumbs.length - 2 && 'max-sm:hidden',
            )}
          >
            <span aria-hidden className="text-muted max-sm:hidden">
              /
            </span>
            <CrumbText crumb={crumb} current={crumb.href === path} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function CrumbText({ crumb: { href, label }, current }: { crumb: Crumb; current: boolean }) {
  // it may be the name of a file or a host, and too long
  const shown = { title: visible(label), children: <InertText text={label} /> }
  return current ? (
    <span aria-current="page" className="truncate" {...shown} />
  ) : (
    <Link href={href} className="truncate text-muted hover:text-ink" {...shown} />
  )
}

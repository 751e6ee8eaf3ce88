'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext, useMemo, useOptimistic, useTransition } from 'react'

/** New values by name: a list repeats the name, null removes it. */
export type UrlChanges = Record<string, string | readonly string[] | null>

export type TableUrl = {
  /** As last asked for: what is chosen before the server has answered adds to it. */
  params: URLSearchParams
  /** Whether the server is still answering the last change. */
  pending: boolean
  /** The address with changes; any change but of the page goes back to the first page. */
  href: (changes: UrlChanges) => string
  /** Goes there; `replace` keeps one entry in the history (typing in a search field). */
  go: (changes: UrlChanges, how?: 'push' | 'replace') => void
}

const PAGE_PARAMS = ['page', 'after'] as const

const TableUrlContext = createContext<TableUrl | null>(null)

/** A table's state lives in the URL: links can be shared, the back button works. Filters, head and rows of a page share what was last asked for. */
export function useTableUrl(): TableUrl {
  const url = useContext(TableUrlContext)
  if (url === null) throw new Error('A table is shown within a TableUrlProvider.')
  return url
}

export function TableUrlProvider({ children }: { children: ReactNode }) {
  const router = useRouter()
  const path = usePathname()
  const [search, ask] = useOptimistic(useSearchParams().toString())
  const [pending, startTransition] = useTransition()
  const url = useMemo<TableUrl>(
    () => ({
      params: new URLSearchParams(search),
      pending,
      href: (changes) => toHref(path, search, changes),
      go: (changes, how = 'push') =>
        startTransition(() => {
          ask(withChanges(search, changes))
          router[how](toHref(path, search, changes), { scroll: false })
        }),
    }),
    [router, path, search, pending, ask],
  )
  return <TableUrlContext value={url}>{children}</TableUrlContext>
}

/** Path and query with changes applied. */
export function toHref(path: string, search: string, changes: UrlChanges): string {
  const query = withChanges(search, changes)
  return query === '' ? path : `${path}?${query}`
}

function withChanges(search: string, changes: UrlChanges): string {
  const params = new URLSearchParams(search)
  const keepsPage =
    PAGE_PARAMS.some((name) => name in changes) || Object.keys(changes).every((name) => name === 'columns')
  if (!keepsPage) for (const name of PAGE_PARAMS) params.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name)
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value)
      params.append(name, one)
  }
  return params.toString()
}

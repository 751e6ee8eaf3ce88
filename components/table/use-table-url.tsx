'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import {
  createContext,
  type ReactNode,
  startTransition as startQuietly,
  useContext,
  useMemo,
  useOptimistic,
  useTransition,
} from 'react'

/** New values by name: a list repeats the name, null removes it. */
export type UrlChanges = Record<string, string | readonly string[] | null>

export type TableUrl = {
  /** As last asked for: what is chosen before the server has answered adds to it. */
  params: URLSearchParams
  /** Whether the server is still answering the last change. */
  pending: boolean
  /** The address with changes; any change of which rows there are goes back to the first page. */
  href: (changes: UrlChanges) => string
  /** Goes there; `replace` keeps one entry in the history (typing in a search field). */
  go: (changes: UrlChanges, how?: 'push' | 'replace') => void
  /** The row whose details are over the list, as last asked for: the page follows the server, this follows the person. */
  openId: string | null
  /** Opens the details of a row over the list, which stays as it is; null closes them. */
  open: (id: string | null) => void
}

const PAGE_PARAMS = ['page', 'after'] as const
const OPEN_PARAM = 'open'
/** What changes nothing of which rows there are. */
const ASIDE_PARAMS: readonly string[] = ['columns', OPEN_PARAM]

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
  const url = useMemo<TableUrl>(() => {
    const params = new URLSearchParams(search)
    const follow = (changes: UrlChanges, how: 'push' | 'replace') => {
      ask(withChanges(search, changes))
      router[how](toHref(path, search, changes), { scroll: false })
    }
    return {
      params,
      pending,
      href: (changes) => toHref(path, search, changes),
      go: (changes, how = 'push') => startTransition(() => follow(changes, how)),
      openId: params.get(OPEN_PARAM),
      open: (id) => startQuietly(() => follow({ [OPEN_PARAM]: id }, 'push')),
    }
  }, [router, path, search, pending, ask])
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
    PAGE_PARAMS.some((name) => name in changes) ||
    Object.keys(changes).every((name) => ASIDE_PARAMS.includes(name))
  if (!keepsPage) for (const name of PAGE_PARAMS) params.delete(name)
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name)
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value)
      params.append(name, one)
  }
  return params.toString()
}

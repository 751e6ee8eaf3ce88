'use client'

import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { PLACES } from './navigation'

/** What `GET /api/search?q=` answers: `{results: SearchResult[]}`, best first, at most 20. */
export type SearchResult = {
  /** Its group's heading: 'Host', 'Binary', 'Deviation'. */
  type: string
  label: string
  href: string
}

const DEBOUNCE_MS = 120
const MIN_LENGTH = 2
const ITEM =
  'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-selected [&_svg]:size-4 [&_svg]:text-muted'

type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  toStart: (href: string) => string
}

/** Finds any host, binary or deviation, and every page, from the keyboard. */
export function CommandPalette({ open, onOpenChange, toStart }: CommandPaletteProps) {
  const [query, setQuery] = useState('')
  const { results, state } = useSearch(query)
  const router = useRouter()
  const go = (href: string) => {
    onOpenChange(false)
    setQuery('')
    router.push(href)
  }
  const pages = PLACES.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase()))
  const types = [...new Set(results.map(({ type }) => type))]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Find" bare>
      <Command shouldFilter={false} label="Find a host, binary or deviation" loop>
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Find a host, binary, deviation or page"
          className="h-11 w-full border-b bg-transparent px-4 outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-96 overflow-y-auto p-2">
          <Command.Empty className="px-2 py-6 text-center text-muted">{EMPTY[state]}</Command.Empty>
          {types.map((type) => (
            <Command.Group key={type} heading={<Heading text={type} />}>
              {results
                .filter((result) => result.type === type)
                .map((result) => (
                  <Command.Item
                    key={result.href}
                    value={result.href}
                    onSelect={() => go(result.href)}
                    className={ITEM}
                  >
                    <span className="truncate">{result.label}</span>
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
          {pages.length > 0 && (
            <Command.Group heading={<Heading text="Page" />}>
              {pages.map(({ href, label, icon: Icon }) => (
                <Command.Item
                  key={href}
                  value={`page:${href}`}
                  onSelect={() => go(toStart(href))}
                  className={ITEM}
                >
                  <Icon aria-hidden />
                  {label}
                </Command.Item>
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  )
}

function Heading({ text }: { text: string }) {
  return <span className="px-2 text-muted text-small">{text}</span>
}

type SearchState = 'idle' | 'searching' | 'done' | 'failed'
const EMPTY: Record<SearchState, string> = {
  idle: 'Type at least two characters.',
  searching: 'Searching…',
  done: 'Nothing has that name.',
  failed: 'The search did not answer; try again.',
}

function useSearch(query: string): { results: readonly SearchResult[]; state: SearchState } {
  const [answer, setAnswer] = useState<{
    query: string
    results: readonly SearchResult[]
    failed: boolean
  } | null>(null)
  const wanted = query.trim()
  useEffect(() => {
    if (wanted.length < MIN_LENGTH) return
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const found = await search(wanted, abort.signal)
      if (!abort.signal.aborted) setAnswer({ query: wanted, results: found ?? [], failed: found === null })
    }, DEBOUNCE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [wanted])
  if (wanted.length < MIN_LENGTH) return { results: [], state: 'idle' }
  if (answer === null) return { results: [], state: 'searching' }
  if (answer.query !== wanted) return { results: answer.results, state: 'searching' }
  return { results: answer.results, state: answer.failed ? 'failed' : 'done' }
}

/** null when the server did not answer as agreed. */
async function search(query: string, signal: AbortSignal): Promise<SearchResult[] | null> {
  try {
    const response = await fetch(`/api/search?q=${encodeURIComponent(query)}`, { signal })
    if (!response.ok) return null
    const body: { results: SearchResult[] } = await response.json()
    return body.results
  } catch {
    return null
  }
}

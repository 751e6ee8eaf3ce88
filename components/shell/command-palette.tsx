'use client'

import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { startTransition, useEffect, useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { type Display, useDisplay } from '@/components/ui/display'
import { PALETTE_INPUT, PALETTE_ITEM, PALETTE_LIST } from '@/components/ui/palette-look'
import type { Action } from '@/lib/pipeline/decision/permissions'
import { actionCommands, type PaletteCommand, pageCommands } from './palette-commands'
import { useDisplayChange } from './use-display-change'

/** What `GET /api/search?q=` answers: `{results: SearchResult[]}`, best first, at most 30. */
export type SearchResult = {
  /** Its group's heading: 'Host', 'Binary', 'Deviation', 'Decision', 'View'. */
  type: string
  label: string
  href: string
}

const DEBOUNCE_MS = 120
const MIN_LENGTH = 2

type CommandPaletteProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What the reader may do. */
  permissions: readonly Action[]
  toStart: (href: string) => string
  savePreferences: (display: Display) => Promise<void>
  onShortcuts: () => void
  onZone: () => void
  signOut: () => Promise<void>
}

/** Finds any host, binary, deviation, decision, saved view, page and action, from the keyboard. */
export function CommandPalette({
  open,
  onOpenChange,
  savePreferences,
  signOut,
  ...rest
}: CommandPaletteProps) {
  const [query, setQuery] = useState('')
  const { results, state } = useSearch(query)
  const [selected, setSelected] = useState('')
  const display = useDisplay()
  const { change } = useDisplayChange(savePreferences)
  const router = useRouter()
  const close = () => {
    onOpenChange(false)
    setQuery('')
  }
  const go = (href: string) => router.push(href)
  const context = {
    ...rest,
    query: query.trim(),
    display,
    change,
    go,
    signOut: () => startTransition(signOut),
  }
  const pages = pageCommands(context)
  const actions = actionCommands(context)
  const first = results[0]?.href ?? firstOf('Page', pages) ?? firstOf('Action', actions) ?? ''
  // what was found comes later than what can be done, and stands before it
  useEffect(() => setSelected(first), [first])
  const types = [...new Set(results.map(({ type }) => type))]
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Find" bare>
      <Command
        shouldFilter={false}
        label="Find a host, binary, deviation, decision, view, page or action"
        value={selected}
        onValueChange={setSelected}
        loop
      >
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Find a host, binary, deviation, decision, view, page or action"
          className={PALETTE_INPUT}
        />
        <Command.List className={PALETTE_LIST}>
          <Command.Empty className="px-2 py-6 text-center text-muted">{EMPTY[state]}</Command.Empty>
          {types.map((type) => (
            <Command.Group key={type} heading={<Heading text={type} />}>
              {results
                .filter((result) => result.type === type)
                .map(({ href, label }) => (
                  <Command.Item
                    key={href}
                    value={href}
                    className={PALETTE_ITEM}
                    onSelect={() => {
                      close()
                      go(href)
                    }}
                  >
                    <span className="truncate">{label}</span>
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
          <Commands heading="Page" commands={pages} close={close} />
          <Commands heading="Action" commands={actions} close={close} />
        </Command.List>
      </Command>
    </Dialog>
  )
}

type CommandsProps = { heading: string; commands: readonly PaletteCommand[]; close: () => void }

function Commands({ heading, commands, close }: CommandsProps) {
  if (commands.length === 0) return null
  return (
    <Command.Group heading={<Heading text={heading} />}>
      {commands.map(({ label, icon: Icon, run }) => (
        <Command.Item
          key={label}
          value={toValue(heading, label)}
          className={PALETTE_ITEM}
          onSelect={() => {
            close()
            run()
          }}
        >
          <Icon aria-hidden />
          <span className="truncate">{label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function toValue(heading: string, label: string): string {
  return `${heading}: ${label}`
}

function firstOf(heading: string, [first]: readonly PaletteCommand[]): string | undefined {
  return first && toValue(heading, first.label)
}

function Heading({ text }: { text: string }) {
  return <span className="px-2 text-muted text-small">{text}</span>
}

const NOTHING: readonly SearchResult[] = []

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
  if (wanted.length < MIN_LENGTH) return { results: NOTHING, state: 'idle' }
  if (answer === null) return { results: NOTHING, state: 'searching' }
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

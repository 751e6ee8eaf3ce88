'use client'

import { RefreshCw } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { createContext, type ReactNode, useContext, useState, useTransition } from 'react'
import { useLive } from '@/components/shell/live'
import { Button } from '@/components/ui/button'
import { countOf, formatNumber } from '@/components/ui/numbers'
import { useKey } from '@/components/ui/use-key'
import type { QueueChanges } from '@/lib/store/screens/deviations/live'

type Changes = {
  /** Items by state, as they are now. */
  states: QueueChanges['states']
  /** Who changed an item since the list was read. */
  changedBy: ReadonlyMap<string, string>
}

const NONE: Changes = { states: [], changedBy: new Map() }
const ChangesContext = createContext<Changes>(NONE)

type QueueChangesProviderProps = {
  /** When the list was read, in microseconds. */
  asOf: number
  /** Items it then had. */
  total: number
  states: QueueChanges['states']
  children: ReactNode
}

/** Follows what becomes of the list while it is open. Rows stay where they are: what is new is offered, not pushed. */
export function QueueChangesProvider({ asOf, total, states, children }: QueueChangesProviderProps) {
  const search = useSearchParams().toString()
  const [read, setRead] = useState<{ asOf: number; search: string; changes: QueueChanges } | null>(null)
  useLive(['deviation'], async () => {
    const changes = await readChanges(search, asOf)
    if (changes !== null) setRead({ asOf, search, changes })
  })
  const changes = read?.asOf === asOf && read.search === search ? read.changes : null
  const value =
    changes === null
      ? { ...NONE, states }
      : { states: changes.states, changedBy: new Map(changes.changed.map(({ id, by }) => [id, by])) }
  return (
    <ChangesContext value={value}>
      {children}
      <Offer changes={changes} total={total} />
    </ChangesContext>
  )
}

export function useQueueChanges(): Changes {
  return useContext(ChangesContext)
}

/** How many items are in a state at present; null = in any. */
export function StateCount({ state }: { state: string | null }) {
  const { states } = useQueueChanges()
  const counted = states.filter(({ value }) => state === null || value === state)
  return (
    <span className="ml-1.5 text-muted text-small">
      {formatNumber(counted.reduce((sum, { count }) => sum + count, 0))}
    </span>
  )
}

/** Above the rows and the panel at the foot of the page, so that no row moves when it comes. */
function Offer({ changes, total }: { changes: QueueChanges | null; total: number }) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const words = changes === null ? null : toWords(changes, total)
  const show = () => startTransition(() => router.refresh())
  useKey('r', words === null ? null : show)
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-4 z-30 flex justify-center">
      {words !== null && (
        <Button
          variant="primary"
          busy={pending}
          className="pointer-events-auto shadow-float"
          aria-keyshortcuts="r"
          title="r"
          onClick={show}
        >
          <RefreshCw aria-hidden />
          {words} – show
        </Button>
      )}
    </div>
  )
}

/** null = the list still says what is. */
function toWords({ fresh, total, changed }: QueueChanges, before: number): string | null {
  if (fresh > 0) return countOf(fresh, 'new item')
  if (total !== before) return total > before ? 'More items' : 'Fewer items'
  return changed.length > 0 ? `${countOf(changed.length, 'item')} changed by others` : null
}

async function readChanges(search: string, asOf: number): Promise<QueueChanges | null> {
  const query = new URLSearchParams(search)
  query.set('since', String(asOf))
  try {
    const response = await fetch(`/api/deviations/changes?${query}`)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

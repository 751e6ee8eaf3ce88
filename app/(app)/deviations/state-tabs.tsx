import { clsx } from 'clsx'
import Link from 'next/link'
import { formatNumber } from '@/components/ui/numbers'
import { ANY_STATE } from '@/lib/store/screens/deviations/filter'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { deviationsHref } from './deviation-href'

const TABS = [
  { state: 'open', label: 'Open' },
  { state: 'flagged', label: 'Flagged' },
  { state: 'expected', label: 'Expected' },
  { state: 'authorised-test', label: 'Authorised test' },
  { state: 'malicious', label: 'Malicious' },
  { state: ANY_STATE, label: 'All' },
] as const

type StateTabsProps = {
  params: SearchParams
  /** Empty = every state. */
  states: readonly string[]
  counts: readonly { value: string; count: number }[]
}

/** The states of triage, with how many items each shows under the other filters. */
export function StateTabs({ params, states, counts }: StateTabsProps) {
  const { page: _page, open: _open, ...kept } = params
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const isCurrent = (state: string) => (state === ANY_STATE ? states.length === 0 : states.includes(state))
  return (
    <nav aria-label="State" className="mb-3 flex gap-5 overflow-x-auto border-b">
      {TABS.map(({ state, label }) => (
        <Link
          key={state}
          href={deviationsHref(kept, 'state', state === 'open' ? null : state)}
          aria-current={isCurrent(state) ? 'page' : undefined}
          className={clsx(
            '-mb-px whitespace-nowrap border-b-2 px-1 py-1.5 font-medium',
            isCurrent(state) ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
          )}
        >
          {label}
          <span className="ml-1.5 text-muted text-small">
            {formatNumber(
              state === ANY_STATE ? all : (counts.find(({ value }) => value === state)?.count ?? 0),
            )}
          </span>
        </Link>
      ))}
    </nav>
  )
}
